// Known answers of what the vault uses: libsodium has other code for each processor.
#include "CSodium.h"

#include <string.h>

#include "check.h"

static size_t from_hex(const char *text, unsigned char *bytes, size_t capacity) {
    size_t size = 0;
    sodium_hex2bin(bytes, capacity, text, strlen(text), NULL, &size, NULL);
    return size;
}

// FIPS 180-4's example, in pieces; and a million times "a", which FIPS 180-2 gives.
static void sha256(void) {
    unsigned char digest[crypto_hash_sha256_BYTES], expected[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)"abcdbcdecdefdefgefghfghighij", 28);
    crypto_hash_sha256_update(&state, (const unsigned char *)"hijkijkljklmklmnlmnomnopnopq", 28);
    crypto_hash_sha256_final(&state, digest);
    from_hex("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1", expected, sizeof expected);
    check(memcmp(digest, expected, sizeof digest) == 0, "SHA-256 of 56 bytes in two pieces is FIPS 180-4's");

    static unsigned char many[1000000];
    memset(many, 'a', sizeof many);
    crypto_hash_sha256(digest, many, sizeof many);
    from_hex("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", expected, sizeof expected);
    check(memcmp(digest, expected, sizeof digest) == 0, "SHA-256 of a million bytes is FIPS 180-2's");
}

// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
static void xchacha20poly1305(void) {
    static const char plain[] =
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
    static const char expected_hex[] =
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216"
        "cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13"
        "b52ec0875924c1c7987947deafd8780acf49";
    enum { plain_size = sizeof plain - 1, sealed_size = plain_size + crypto_aead_xchacha20poly1305_ietf_ABYTES };
    unsigned char key[32], nonce[24], associated[12], expected[sealed_size], sealed[sealed_size], opened[plain_size];
    for (int i = 0; i < 32; i++) key[i] = (unsigned char)(0x80 + i);
    for (int i = 0; i < 24; i++) nonce[i] = (unsigned char)(0x40 + i);
    from_hex("50515253c0c1c2c3c4c5c6c7", associated, sizeof associated);
    require(from_hex(expected_hex, expected, sizeof expected) == sealed_size, "the expected text has its length");

    unsigned long long size = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed, &size, (const unsigned char *)plain, plain_size, associated, sizeof associated, NULL, nonce, key);
    check(size == sealed_size && memcmp(sealed, expected, size) == 0, "XChaCha20-Poly1305 seals as in the draft");
    int result = crypto_aead_xchacha20poly1305_ietf_decrypt(
        opened, &size, NULL, sealed, sealed_size, associated, sizeof associated, nonce, key);
    check(result == 0 && size == plain_size && memcmp(opened, plain, size) == 0, "and opens what it sealed");
    int refused = 0;
    for (int i = 0; i < sealed_size; i++) {
        sealed[i] ^= 1;
        refused += crypto_aead_xchacha20poly1305_ietf_decrypt(
                       opened, &size, NULL, sealed, sealed_size, associated, sizeof associated, nonce, key) != 0;
        sealed[i] ^= 1;
    }
    check(refused == sealed_size, "a changed bit anywhere is refused, %d of %d were", refused, sealed_size);
}

int main(void) {
    require(sodium_init() == 0, "libsodium starts");
    sha256();
    xchacha20poly1305();

    unsigned char *memory = sodium_malloc(32);
    require(memory != NULL, "guarded memory is to be had");
    unsigned char zeros[32] = {0}, others[32];
    randombytes_buf(memory, 32);
    randombytes_buf(others, 32);
    check(memcmp(memory, zeros, 32) != 0 && memcmp(memory, others, 32) != 0, "random bytes are neither zero nor the same");
    check(sodium_mprotect_readonly(memory) == 0, "guarded memory becomes read-only");
    sodium_free(memory);
    return check_end();
}
