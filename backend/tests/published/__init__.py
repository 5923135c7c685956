"""What readers and machines get from a running publication: real Nginx, real documents.

RATE_LIMITS_ENABLED=0 NGINX_API_RATE=1000r/s NGINX_API_BURST=1000 \\
    python3 -m tools.stack exec -- .venv/bin/pytest -n0 --ds config.settings.test tests/published

Left out unless BASE_URL names one. What `imports.py` holds is imported first, and the file WORDPRESS_EXPORT, if set.
"""
