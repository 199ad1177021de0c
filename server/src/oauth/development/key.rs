//! The key that signs the ID tokens.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::pkcs8::EncodePrivateKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use gallery::ids::{Ids, NoRandomness};
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJsonWebKeySet};
use openidconnect::{JsonWebKeyId, JsonWebKeySet, PrivateSigningKey};

/// An Ed25519 key that lives as long as the server.
pub(super) struct SigningKey(CoreEdDsaPrivateSigningKey);

impl SigningKey {
    /// A new key. Its id is its public half, so that no two keys share one.
    ///
    /// # Errors
    /// When there is no randomness.
    pub(super) fn generate(ids: &dyn Ids) -> Result<Self, NoRandomness> {
        let mut seed = [0; 32];
        ids.fill(&mut seed)?;
        let key = ed25519_dalek::SigningKey::from_bytes(&seed);
        let id = JsonWebKeyId::new(URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes()));
        let pem = key.to_pkcs8_pem(LineEnding::LF).expect("32 bytes are a key in PKCS #8");
        let key = CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(id));
        Ok(Self(key.expect("the same crate reads the key that it wrote")))
    }

    /// The key, to sign with.
    pub(super) const fn private(&self) -> &CoreEdDsaPrivateSigningKey {
        &self.0
    }

    /// The public half, for whoever checks what it signed.
    pub(super) fn public(&self) -> CoreJsonWebKeySet {
        JsonWebKeySet::new(vec![self.0.as_verification_key()])
    }
}
