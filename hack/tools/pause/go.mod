module assay.dev/hack/tools/pause

go 1.26
