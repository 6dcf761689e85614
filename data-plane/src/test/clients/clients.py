"""What people's own clients do with a data plane: boto3, aws-cli and curl, as they come."""

import base64
import hashlib
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT, BUCKET = sys.argv[1], sys.argv[2]
MIB = 1024 * 1024


def client(**options):
    return boto3.client(
        "s3",
        endpoint_url=ENDPOINT,
        region_name="us-east-1",
        config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}, **options),
    )


def run(*command, **options):
    """Runs a command without a shell; what it prints is part of a failure."""
    done = subprocess.run(command, capture_output=True, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command} ended with {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode()


class Boto3(unittest.TestCase):
    def setUp(self):
        self.s3 = client()

    def code(self, call):
        with self.assertRaises(ClientError) as refused:
            call()
        return refused.exception.response["Error"]["Code"]

    def test_an_object_comes_back_as_it_went(self):
        body = os.urandom(300_000)
        put = self.s3.put_object(
            Bucket=BUCKET, Key="boto/ä b+c%2F", Body=body, ContentType="text/x-a", Metadata={"who": "me"}
        )
        got = self.s3.get_object(Bucket=BUCKET, Key="boto/ä b+c%2F", ChecksumMode="ENABLED")
        self.assertEqual(got["Body"].read(), body)
        self.assertEqual(got["ETag"], put["ETag"])
        self.assertEqual(got["ContentType"], "text/x-a")
        self.assertEqual(got["Metadata"], {"who": "me"})
        self.assertEqual(got["ChecksumCRC32"], put["ChecksumCRC32"])

    def test_a_key_and_one_below_it_live_together(self):
        for key in ("t", "t/", "t/u", "t/u/v"):
            self.s3.put_object(Bucket=BUCKET, Key=key, Body=key.encode())
        for key in ("t", "t/", "t/u", "t/u/v"):
            self.assertEqual(self.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read(), key.encode())

    def test_checksums_of_every_kind_are_checked_and_kept(self):
        for algorithm in ("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"):
            try:
                put = self.s3.put_object(
                    Bucket=BUCKET, Key="sum", Body=b"123456789", ChecksumAlgorithm=algorithm
                )
            except Exception as e:  # botocore needs the CRT for some of them
                if "MissingDependency" in type(e).__name__:
                    continue
                raise
            self.assertIn("Checksum" + algorithm, put)
        wrong = base64.b64encode(b"1234").decode()
        self.assertEqual(
            self.code(
                lambda: self.s3.put_object(Bucket=BUCKET, Key="no", Body=b"x", ChecksumCRC32=wrong)
            ),
            "BadDigest",
        )
        self.assertEqual(
            self.code(
                lambda: self.s3.put_object(
                    Bucket=BUCKET,
                    Key="no",
                    Body=b"x",
                    ContentMD5=base64.b64encode(b"0" * 16).decode(),
                )
            ),
            "BadDigest",
        )
        self.assertEqual(self.code(lambda: self.s3.get_object(Bucket=BUCKET, Key="no")), "NoSuchKey")

    def test_large_files_go_in_parts_and_come_in_ranges(self):
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder, "source"), Path(folder, "target")
            source.write_bytes(os.urandom(17 * MIB + 12345))
            config = TransferConfig(multipart_threshold=6 * MIB, multipart_chunksize=6 * MIB)
            self.s3.upload_file(str(source), BUCKET, "large", Config=config)
            self.s3.download_file(BUCKET, "large", str(target), Config=config)
            self.assertEqual(source.read_bytes(), target.read_bytes())
        head = self.s3.head_object(Bucket=BUCKET, Key="large", ChecksumMode="ENABLED")
        self.assertTrue(head["ETag"].endswith('-3"'))

    def test_multipart_by_hand(self):
        made = self.s3.create_multipart_upload(
            Bucket=BUCKET, Key="hand", ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT"
        )
        where = {"Bucket": BUCKET, "Key": "hand", "UploadId": made["UploadId"]}
        bodies = [b"a" * (5 * MIB), b"b" * 100]
        parts = []
        for number, body in reversed(list(enumerate(bodies, 1))):
            part = self.s3.upload_part(**where, PartNumber=number, Body=body)
            parts.insert(0, {"PartNumber": number, "ETag": part["ETag"]})
        listed = self.s3.list_parts(**where)["Parts"]
        self.assertEqual([p["Size"] for p in listed], [5 * MIB, 100])
        uploads = self.s3.list_multipart_uploads(Bucket=BUCKET)["Uploads"]
        self.assertIn(made["UploadId"], [u["UploadId"] for u in uploads])
        done = self.s3.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})
        again = self.s3.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})
        self.assertEqual(done["ETag"], again["ETag"])
        self.assertEqual(done["ChecksumType"], "FULL_OBJECT")
        plain = self.s3.put_object(
            Bucket=BUCKET, Key="plain", Body=b"".join(bodies), ChecksumAlgorithm="CRC32"
        )
        self.assertEqual(done["ChecksumCRC32"], plain["ChecksumCRC32"])
        got = self.s3.get_object(Bucket=BUCKET, Key="hand", PartNumber=2)
        self.assertEqual((got["Body"].read(), got["PartsCount"]), (bodies[1], 2))

    def test_an_aborted_upload_is_gone(self):
        made = self.s3.create_multipart_upload(Bucket=BUCKET, Key="abort")
        where = {"Bucket": BUCKET, "Key": "abort", "UploadId": made["UploadId"]}
        self.s3.upload_part(**where, PartNumber=1, Body=b"x")
        self.s3.abort_multipart_upload(**where)
        self.assertEqual(self.code(lambda: self.s3.list_parts(**where)), "NoSuchUpload")

    def test_ranges_and_conditions(self):
        put = self.s3.put_object(Bucket=BUCKET, Key="range", Body=b"0123456789")
        read = lambda **o: self.s3.get_object(Bucket=BUCKET, Key="range", **o)["Body"].read()
        self.assertEqual(read(Range="bytes=2-4"), b"234")
        self.assertEqual(read(Range="bytes=-3", IfMatch=put["ETag"]), b"789")
        self.assertEqual(self.code(lambda: read(Range="bytes=10-")), "InvalidRange")
        self.assertEqual(self.code(lambda: read(IfMatch='"other"')), "PreconditionFailed")
        self.assertEqual(self.code(lambda: read(IfNoneMatch=put["ETag"])), "304")
        self.assertEqual(
            self.code(
                lambda: self.s3.put_object(Bucket=BUCKET, Key="range", Body=b"x", IfNoneMatch="*")
            ),
            "PreconditionFailed",
        )

    def test_listings(self):
        keys = [f"list/{letter}/{n}" for letter in "ab" for n in range(3)] + ["list/z & <ü>"]
        for key in keys:
            self.s3.put_object(Bucket=BUCKET, Key=key, Body=b"x")
        pages = self.s3.get_paginator("list_objects_v2").paginate(
            Bucket=BUCKET, Prefix="list/", PaginationConfig={"PageSize": 2}
        )
        self.assertEqual([o["Key"] for page in pages for o in page["Contents"]], keys)
        rolled = self.s3.list_objects_v2(Bucket=BUCKET, Prefix="list/", Delimiter="/")
        self.assertEqual([p["Prefix"] for p in rolled["CommonPrefixes"]], ["list/a/", "list/b/"])
        old = self.s3.get_paginator("list_objects").paginate(
            Bucket=BUCKET, Prefix="list/", Delimiter="/", PaginationConfig={"PageSize": 1}
        )
        self.assertEqual(
            [p["Prefix"] for page in old for p in page.get("CommonPrefixes", [])],
            ["list/a/", "list/b/"],
        )
        versions = self.s3.list_object_versions(Bucket=BUCKET, Prefix="list/a/")["Versions"]
        self.assertEqual({v["VersionId"] for v in versions}, {"null"})
        self.s3.delete_objects(
            Bucket=BUCKET, Delete={"Objects": [{"Key": key} for key in keys + ["never"]]}
        )
        self.assertEqual(self.s3.list_objects_v2(Bucket=BUCKET, Prefix="list/")["KeyCount"], 0)

    def test_the_bucket(self):
        self.s3.head_bucket(Bucket=BUCKET)
        self.assertIsNone(self.s3.get_bucket_location(Bucket=BUCKET)["LocationConstraint"])
        self.assertEqual([b["Name"] for b in self.s3.list_buckets()["Buckets"]], [BUCKET])
        self.assertEqual(self.code(lambda: self.s3.list_objects_v2(Bucket="other")), "NoSuchBucket")
        self.assertEqual(self.code(lambda: self.s3.get_bucket_policy(Bucket=BUCKET)), "NotImplemented")

    def test_the_wrong_secret_is_refused(self):
        other = boto3.client(
            "s3",
            endpoint_url=ENDPOINT,
            region_name="us-east-1",
            aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key="wrong",
        )
        self.assertEqual(
            self.code(lambda: other.list_objects_v2(Bucket=BUCKET)), "SignatureDoesNotMatch"
        )


class AwsCli(unittest.TestCase):
    def aws(self, *words):
        return run("aws", "--endpoint-url", ENDPOINT, "--region", "us-east-1", *words)

    def test_copy_list_remove(self):
        with tempfile.TemporaryDirectory() as folder:
            small, large, back = (Path(folder, n) for n in ("small", "large", "back"))
            small.write_bytes(b"hello")
            large.write_bytes(os.urandom(20 * MIB + 7))
            for file in (small, large):
                self.aws("s3", "cp", "--only-show-errors", str(file), f"s3://{BUCKET}/cli/{file.name}")
                self.aws("s3", "cp", "--only-show-errors", f"s3://{BUCKET}/cli/{file.name}", str(back))
                self.assertEqual(back.read_bytes(), file.read_bytes())
            self.assertIn("large", self.aws("s3", "ls", f"s3://{BUCKET}/cli/"))
            Path(folder, "back").unlink()
            self.aws("s3", "sync", "--only-show-errors", folder, f"s3://{BUCKET}/sync")
            self.aws("s3", "rm", "--only-show-errors", "--recursive", f"s3://{BUCKET}/cli")
            self.assertNotIn("large", self.aws("s3", "ls", f"s3://{BUCKET}/"))


class Curl(unittest.TestCase):
    def test_presigned_urls_need_nothing_but_curl(self):
        s3 = client(signature_version="s3v4")
        put = s3.generate_presigned_url("put_object", {"Bucket": BUCKET, "Key": "curl/ü x"})
        get = s3.generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": "curl/ü x"})
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder, "source"), Path(folder, "target")
            source.write_bytes(os.urandom(3 * MIB))
            run("curl", "-sSf", "-T", str(source), put)
            run("curl", "-sSf", "-o", str(target), get)
            self.assertEqual(source.read_bytes(), target.read_bytes())
            target.write_bytes(source.read_bytes()[: 2 * MIB])
            run("curl", "-sSf", "-C", "-", "-o", str(target), get)
            self.assertEqual(source.read_bytes(), target.read_bytes())
            part = run("curl", "-sSf", "-r", "0-9", "-o", "/dev/null", "-w", "%{http_code} %{size_download}", get)
            self.assertEqual(part, "206 10")
        refused = run("curl", "-sS", "-w", "%{http_code}", get.replace("X-Amz-Signature=", "X-Amz-Signature=0"))
        self.assertIn("<Code>SignatureDoesNotMatch</Code>", refused)
        self.assertTrue(refused.endswith("403"))

    def test_the_old_signature_is_refused_with_what_to_use(self):
        old = client(signature_version="s3").generate_presigned_url(
            "get_object", {"Bucket": BUCKET, "Key": "x"}
        )
        self.assertIn("Please use AWS4-HMAC-SHA256", run("curl", "-sS", old))

    def test_curl_signs_by_itself(self):
        user = os.environ["AWS_ACCESS_KEY_ID"] + ":" + os.environ["AWS_SECRET_ACCESS_KEY"]
        listing = run(
            "curl", "-sSf", "--aws-sigv4", "aws:amz:us-east-1:s3", "--user", user,
            f"{ENDPOINT}/{BUCKET}?list-type=2&max-keys=1",
        )
        self.assertIn("<ListBucketResult", listing)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
