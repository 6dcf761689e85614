package dev.assay.dataplane.store;

import java.util.Map;

/// A plain multipart upload, as CreateMultipartUpload asks for it; see {@link UploadRequest}.
public record MultipartRequest(
    String key,
    String mediaType,
    Map<String, String> metadata,
    Map<String, String> attributes,
    String uploader) {}
