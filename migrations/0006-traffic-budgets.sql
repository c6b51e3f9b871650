-- Bytes a proxy may carry in a calendar month before a person is told; null: there is no such budget.
ALTER TABLE proxies ADD COLUMN budget INTEGER CHECK (budget > 0);
CREATE INDEX proxy_traffic_by_day ON proxy_traffic (day);
