import { renderEnvExample } from '#platform/config';

process.stdout.write(renderEnvExample());
