"""Retention as data, warnings before a purge, proofs of what was erased, copies that people asked."""

from eig.privacy.models.copy import DataCopy
from eig.privacy.models.proof import Erasure
from eig.privacy.models.retention import PurgeNotice, RetentionRule

__all__ = ["DataCopy", "Erasure", "PurgeNotice", "RetentionRule"]
