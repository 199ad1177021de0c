//! Packages and keys for tests, made as their users make them.

use crate::people::House;
use bytes::Bytes;
use domain::api_key::ApiKeyForm;
use domain::package::{PackageId, PackageVersion};
use gallery::blobs::StoredBlob;
use gallery::packages::{Endpoint, Published, PushRefused, admit, push};
use gallery::{Actor, Gallery, Origin};
use nupkg::build::PackageBuilder;

/// A package of an id and a version.
pub(crate) fn package(id: &str, version: &str) -> PackageBuilder {
    PackageBuilder::new(&PackageId::parse(id).unwrap(), &PackageVersion::parse(version).unwrap()).supports("net8.0")
}

/// Bytes as they arrive from a client, in two pieces.
pub(crate) async fn received(g: &Gallery, bytes: &[u8]) -> StoredBlob {
    let (one, two) = bytes.split_at(bytes.len() / 2);
    let chunks = [one, two].map(|chunk| Ok::<_, std::io::Error>(Bytes::copy_from_slice(chunk)));
    g.blobs()
        .receive(futures::stream::iter(chunks), u64::MAX)
        .await
        .unwrap()
}

/// A form for a key that may do everything with every package, for 90 days.
pub(crate) fn key_form(name: &str, owner: &str) -> ApiKeyForm {
    ApiKeyForm {
        name: name.to_owned(),
        days: "90".to_owned(),
        owner: owner.to_owned(),
        push: "on".to_owned(),
        push_scope: "new".to_owned(),
        unlist: "on".to_owned(),
        globs: "*".to_owned(),
    }
}

impl House {
    /// The value of a new key that may do everything for an owner; it is called "ci", and further ones "ci 2" and so on.
    pub(crate) async fn key(&self, by: &Actor, owner: &str) -> String {
        let keys = gallery::api_keys::mine(self.g(), by).await.unwrap().keys;
        let name = match keys.iter().filter(|key| key.name.starts_with("ci")).count() {
            0 => "ci".to_owned(),
            some => format!("ci {}", some + 1),
        };
        self.key_of(by, key_form(&name, owner)).await
    }

    /// The value of a new key.
    pub(crate) async fn key_of(&self, by: &Actor, form: ApiKeyForm) -> String {
        gallery::api_keys::create(self.g(), by, form).await.unwrap().value
    }

    /// Pushes a package as a client does: the key first, then the body.
    pub(crate) async fn push(&self, key: &str, package: &PackageBuilder) -> Result<Published, PushRefused> {
        self.push_bytes(key, &package.build()).await
    }

    /// Pushes bytes as a client does.
    pub(crate) async fn push_bytes(&self, key: &str, bytes: &[u8]) -> Result<Published, PushRefused> {
        let actor = admit(self.g(), Origin::default(), Some(key), Endpoint::Push).await?;
        let received = received(self.g(), bytes).await;
        push(self.g(), &actor, received).await
    }

    /// The holder of a key that may unlist and relist.
    pub(crate) async fn lister(&self, key: &str) -> Result<Actor, PushRefused> {
        admit(self.g(), Origin::default(), Some(key), Endpoint::Listing).await
    }

    /// Everything that `check` finds wrong.
    pub(crate) async fn mismatches(&self) -> Vec<String> {
        gallery::check::check(self.g()).await.unwrap().mismatches
    }
}

/// The reason of a refusal, as a client sees it.
pub(crate) fn reason<T: std::fmt::Debug>(result: Result<T, PushRefused>) -> String {
    let refused = result.unwrap_err();
    assert!(
        !matches!(refused, PushRefused::Internal(_)),
        "an internal error: {refused:?}"
    );
    refused.reason()
}
