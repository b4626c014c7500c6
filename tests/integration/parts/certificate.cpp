#include "tests/integration/parts/certificate.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <stdexcept>

namespace tertulia::integration {
namespace {

struct close_file {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using file = std::unique_ptr<std::FILE, close_file>;

file open_for_writing(const std::filesystem::path& path) {
    file out{std::fopen(path.c_str(), "w")};
    if (!out) throw std::runtime_error{"cannot write " + path.string()};
    return out;
}

}  // namespace

void make_certificate(
    const std::filesystem::path& certificate, const std::filesystem::path& key,
    const std::string& name, long ends_in_s
) {
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> pair{EVP_EC_gen("P-256"), EVP_PKEY_free};
    const std::unique_ptr<X509, void (*)(X509*)> made{X509_new(), X509_free};
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -7'200);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), ends_in_s);
    X509_set_pubkey(made.get(), pair.get());
    auto* subject = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(
        subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1,
        0
    );
    X509_set_issuer_name(made.get(), subject);
    const std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> addresses{
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost"),
        X509_EXTENSION_free};
    X509_add_ext(made.get(), addresses.get(), -1);
    X509_sign(made.get(), pair.get(), EVP_sha256());
    PEM_write_X509(open_for_writing(certificate).get(), made.get());
    PEM_write_PrivateKey(
        open_for_writing(key).get(), pair.get(), nullptr, nullptr, 0, nullptr, nullptr
    );
}

std::string certificate_on(std::uint16_t port) {
    const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context{
        SSL_CTX_new(TLS_client_method()), SSL_CTX_free};
    const std::unique_ptr<BIO, void (*)(BIO*)> bio{
        BIO_new_ssl_connect(context.get()), BIO_free_all};
    BIO_set_conn_hostname(bio.get(), ("127.0.0.1:" + std::to_string(port)).c_str());
    if (BIO_do_handshake(bio.get()) != 1) return {};
    SSL* tls = nullptr;
    BIO_get_ssl(bio.get(), &tls);
    const std::unique_ptr<X509, void (*)(X509*)> shown{
        SSL_get1_peer_certificate(tls), X509_free};
    if (!shown) return {};
    char name[256]{};
    X509_NAME_get_text_by_NID(
        X509_get_subject_name(shown.get()), NID_commonName, name, sizeof name
    );
    return name;
}

}  // namespace tertulia::integration
