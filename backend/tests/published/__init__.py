"""What readers and machines get from a running publication: real Nginx, real documents.

python3 -m tools.stack exec -- .venv/bin/pytest -n0 --ds config.settings.test tests/published

Left out unless BASE_URL names one. What `imports.py` holds is imported first, and the file WORDPRESS_EXPORT, if set.
"""
