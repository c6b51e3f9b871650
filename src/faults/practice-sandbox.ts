// The sandbox as a host starts it, with what a fault run wants of it besides: `FAULTS_SANDBOX` holds further arguments
// as a JSON list. An option that stands twice counts as it stands last.
const more = JSON.parse(process.env['FAULTS_SANDBOX'] ?? '[]') as string[];
process.argv.push(...more);
await import('../sandbox/main.ts');

export {};
