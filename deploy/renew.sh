#!/bin/sh
# Renew what ends soon and have the servers take it up. For cron, every night:
#   17 3 * * *  /srv/alliance-portal/deploy/renew.sh
# Certificates inside are good for 30 days and renewed in their last 20; the public one is renewed by certbot.
set -eu
cd "$(dirname "$0")/.."
docker compose run --rm certificates
if docker compose run --rm certbot certificates --cert-name portal 2>/dev/null | grep -q "Certificate Name: portal"; then
    docker compose run --rm certbot renew --quiet --webroot --webroot-path /var/www/acme
fi
docker compose kill --signal HUP postgres web proxy
docker compose restart valkey  # pages go on meanwhile
