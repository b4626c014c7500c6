// How a channel's provider is handed a file before a message names it, for providers that keep files
// for us under an id. Where there is none, a message names an address everybody can fetch.
//
// Threads: everything is const and safe on any number of threads at once.

#pragma once

#include "adapters/wire/http.hpp"
#include "adapters/wire/verdict.hpp"

#include <chrono>
#include <string_view>

namespace tertulia::gateway {

class file_uploads {
public:
    file_uploads() = default;
    file_uploads(const file_uploads&) = delete;
    file_uploads& operator=(const file_uploads&) = delete;

    // The bytes are copied into the request.
    [[nodiscard]] virtual adapters::outbound_request render_upload(
        std::string_view bytes, std::string_view mime_type, std::string_view name
    ) const = 0;
    // Accepted: its provider_id is what messages name the file by.
    [[nodiscard]] virtual adapters::verdict judge_upload(const adapters::provider_response& answer
    ) const = 0;
    // Whether a message that named a file by its id may have been refused because of the file.
    [[nodiscard]] virtual bool blames_file(int code) const noexcept = 0;
    // How long the provider keeps it.
    [[nodiscard]] virtual std::chrono::hours upload_lives() const noexcept = 0;

protected:
    ~file_uploads() = default;
};

}  // namespace tertulia::gateway
