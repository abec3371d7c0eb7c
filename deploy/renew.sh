#!/bin/sh
# Renew what ends soon and have the servers take it up. For cron, every night:
#   17 3 * * *  /srv/alliance-portal/deploy/renew.sh
# Certificates inside are good for 30 days and renewed in their last 20; the public one is renewed by certbot.
set -eu
cd "$(dirname "$0")/.."
failed=0
docker compose run --rm certificates
# What certbot writes goes to cron's mail when it fails; a certificate of one's own is named otherwise.
if ! known=$(docker compose run --rm certbot certificates --cert-name portal 2>&1); then
    printf '%s\n' "$known" >&2
    failed=1
elif printf '%s\n' "$known" | grep -q "Certificate Name: portal"; then
    docker compose run --rm certbot renew --quiet --webroot --webroot-path /var/www/acme || failed=1
fi
docker compose kill --signal HUP postgres web proxy
docker compose restart valkey  # pages go on meanwhile
exit "$failed"  # only now: what was renewed inside is in use
