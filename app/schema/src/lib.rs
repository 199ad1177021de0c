//! The database: entities and migrations, nothing else. Moments are microseconds since 1970 in UTC; booleans are booleans;
//! secrets are hashes; text that is compared without case has a column of its own in lower case.

pub mod entity;
pub mod migration;
