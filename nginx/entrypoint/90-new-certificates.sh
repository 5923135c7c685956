#!/bin/sh
# In the container: looks every minute whether a certificate has come or changed, and then reloads Nginx
# without dropping a request.
set -eu

fingerprint() {
  cat "${NGINX_TLS_DIR:-/etc/byline/tls}"/fullchain.pem "${NGINX_TLS_DIR:-/etc/byline/tls}"/live/byline/fullchain.pem \
    2>/dev/null | cksum
}

watch_certificates() {
  known=$(fingerprint)
  while sleep 60; do
    current=$(fingerprint)
    [ "$current" != "$known" ] || continue
    known=$current
    # shellcheck source=nginx/entrypoint/18-byline.envsh
    (. /docker-entrypoint.d/18-byline.envsh && /docker-entrypoint.d/20-envsubst-on-templates.sh) &&
      nginx -p /tmp/ -c /etc/nginx/nginx.conf -e stderr -t -q && nginx -p /tmp/ -c /etc/nginx/nginx.conf -e stderr -s reload
  done
}

watch_certificates &
