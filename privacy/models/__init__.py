"""Retention as data, warnings before a purge, proofs of what was erased, copies that people asked."""

from privacy.models.copy import DataCopy
from privacy.models.proof import Erasure
from privacy.models.retention import PurgeNotice, RetentionRule
