// Pictures, recordings and documents that go with a text. Only names and what the gateway says of
// the files: nothing here reads their bytes.

#pragma once

#include "dialogs/message/inbound.hpp"

#include <cstdint>
#include <string>

namespace tertulia::dialogs {

// A file of the folder of media.
struct media_file {
    std::string name{};  // without a folder
    std::string type{};  // MIME, by its first bytes: "image/png"; empty: none we know
    std::uint64_t bytes{};
    std::string hash{};  // SHA-256 of the bytes, lower-case hex
};

// What a text is said with. `path` is hash/name, where the gateway serves the file: an address
// whose content never changes.
struct attachment {
    media_kind kind{};  // image, audio or document
    std::string name{};
    std::string path{};
};

// The same as the operator wrote it.
struct attachment_source {
    attachment what{};  // without its path until it is checked
    int line{};
    int column{};
    bool inherited{};  // of the message's plain text: told there
};

}  // namespace tertulia::dialogs
