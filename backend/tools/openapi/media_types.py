"""What Schemathesis has to know of bodies: pieces of resumable uploads are plain bytes."""

import schemathesis

schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
