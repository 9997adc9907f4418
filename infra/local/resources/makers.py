"""Makers: one function a resource type, from CloudFormation's properties to the AWS calls that mean the same."""

from __future__ import annotations

from infra.local.resources import make_bucket, make_identity, make_mail, make_queue, make_role, make_table
from infra.local.resources.made import Maker

MAKERS: dict[str, Maker] = {
    "AWS::Cognito::UserPool": make_identity.make_user_pool,
    "AWS::Cognito::UserPoolClient": make_identity.make_user_pool_client,
    "AWS::DynamoDB::Table": make_table.make_table,
    "AWS::Events::Rule": make_mail.make_rule,
    "AWS::IAM::Policy": make_role.make_policy,
    "AWS::IAM::Role": make_role.make_role,
    "AWS::KMS::Key": make_identity.make_key,
    "AWS::S3::Bucket": make_bucket.make_bucket,
    "AWS::S3::BucketPolicy": make_bucket.make_bucket_policy,
    "AWS::SES::ConfigurationSet": make_mail.make_configuration_set,
    "AWS::SQS::Queue": make_queue.make_queue,
    "AWS::SQS::QueuePolicy": make_queue.make_queue_policy,
    "AWS::SecretsManager::Secret": make_identity.make_secret,
}
