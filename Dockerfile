# syntax=docker/dockerfile:1
# Two stages: the compiler and the development packages stay in the first.
FROM node:20.20-bookworm-slim AS build
WORKDIR /build
# better-sqlite3 is compiled where no ready-made binary fits this machine.
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 make g++ \
 && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY deploy/assets.ts deploy/
COPY firmware-protocol firmware-protocol
COPY broker broker
COPY server server
COPY device-sim device-sim
COPY dashboard dashboard
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:20.20-bookworm-slim
ENV NODE_ENV=production \
    VEILLEUSE_DATA=/var/lib/service/data
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
# The folder exists and belongs to the user before a volume is put on it: Docker copies the owner to an empty volume.
RUN ln -s /app/dist/server/cli/veilleuse.js /usr/local/bin/veilleuse \
 && install -d -o node -g node -m 0700 /var/lib/service
USER node
VOLUME /var/lib/service
# HTTP (Caddy in front of it) and MQTT over TLS. Metrics stay on the container's loopback.
EXPOSE 8080 8883
# /healthz, not /readyz: a service whose disk is full must not be restarted, its open alarms live on in memory.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--enable-source-maps", "/app/dist/server/cli/veilleuse.js"]
CMD ["serve"]
