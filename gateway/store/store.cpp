#include "gateway/store/store.hpp"

#include "gateway/store/application_ledger.hpp"
#include "gateway/store/referral_ledger.hpp"

#include <openssl/evp.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace tertulia::gateway {
namespace {

struct digest_context {
    digest_context() : sha256{EVP_MD_fetch(nullptr, "SHA256", nullptr)}, context{EVP_MD_CTX_new()} {
        if (sha256 == nullptr || context == nullptr) throw std::runtime_error{"no SHA-256"};
    }
    digest_context(const digest_context&) = delete;
    digest_context& operator=(const digest_context&) = delete;
    ~digest_context() {
        EVP_MD_CTX_free(context);
        EVP_MD_free(sha256);
    }
    EVP_MD* sha256;
    EVP_MD_CTX* context;
};

std::uint64_t big_endian(const unsigned char* from) {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8 | from[i];
    return value;
}

}  // namespace

std::string_view name_of(application_state what) noexcept {
    static constexpr std::array<std::string_view, 6> names{
        "sent", "queued", "written", "waiting", "refused", "for_person"};
    return names[static_cast<std::size_t>(what)];
}

std::string_view name_of(referral_state what) noexcept {
    static constexpr std::array<std::string_view, 7> names{
        "consented", "applied", "approved", "disbursed", "earned", "paid", "lapsed"};
    return names[static_cast<std::size_t>(what)];
}

event_identity identify(std::initializer_list<std::string_view> parts) {
    thread_local digest_context hash;  // fetching the algorithm costs more than using it
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    bool fine = EVP_DigestInit_ex2(hash.context, hash.sha256, nullptr) == 1;
    for (const auto part : parts) {
        // The length first, so that ("ab", "c") and ("a", "bc") differ.
        std::array<unsigned char, 8> length{};
        auto rest = part.size();
        for (auto& byte : length) {
            byte = static_cast<unsigned char>(rest & 0xff);
            rest >>= 8;
        }
        fine = fine && EVP_DigestUpdate(hash.context, length.data(), length.size()) == 1 &&
               EVP_DigestUpdate(hash.context, part.data(), part.size()) == 1;
    }
    fine = fine && EVP_DigestFinal_ex(hash.context, digest.data(), nullptr) == 1;
    if (!fine) throw std::runtime_error{"SHA-256 failed"};
    return {big_endian(digest.data()), big_endian(digest.data() + 8)};
}

bool batch::empty() const noexcept {
    return turns.empty() && seen_ids.empty() && marks.empty() && dead_letters.empty() &&
           statuses.empty() && notices.empty() && parts_kept.empty() && parts_done.empty() &&
           channel_facts.empty() && usage.empty() && told.empty() && told_done.empty();
}

}  // namespace tertulia::gateway
