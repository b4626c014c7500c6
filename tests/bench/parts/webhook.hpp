// Webhooks as WhatsApp posts them: one text message, a random id, signed with the app secret.

#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include <openssl/types.h>

namespace tertulia::bench {

// People are numbers; their telephones follow from them, so a reply finds its person without a map.
inline constexpr std::int64_t first_phone = 50230000000;
[[nodiscard]] std::string phone_of(std::size_t person);
// -1: not one of ours.
[[nodiscard]] std::int64_t person_of(std::string_view phone);

struct webhook_target {
    std::string path{"/webhooks/whatsapp"};
    std::string secret{"test_app_secret"};
    std::string phone_number_id{"106540352242922"};
};

class webhook_maker {
public:
    webhook_maker(webhook_target to, std::uint64_t seed);
    ~webhook_maker();
    webhook_maker(const webhook_maker&) = delete;
    webhook_maker& operator=(const webhook_maker&) = delete;

    // The provider's id of a message nobody has sent yet.
    [[nodiscard]] std::string new_id();
    // A whole HTTP request, appended to `out`. Text is plain JSON text: no quotes or controls in it.
    void append(
        std::string& out, std::size_t person, std::string_view id, std::string_view text,
        std::int64_t stamped_seconds
    );
    // The same for a status of a message of ours: "delivered".
    void append_status(
        std::string& out, std::string_view recipient, std::string_view id,
        std::string_view callback_data, std::int64_t stamped_seconds
    );

private:
    void begin_body();
    void append_request(std::string& out);

    webhook_target to_;
    std::mt19937_64 random_;
    EVP_MAC* method_;
    EVP_MAC_CTX* keyed_;
    std::string body_;
};

}  // namespace tertulia::bench
