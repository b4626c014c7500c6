#include "gateway/simulator/media_shelf.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>
#include <utility>

namespace tertulia::gateway::simulator {

namespace {

std::string quoted_value(std::string_view headers, std::string_view name) {
    const auto wanted = std::string{name} + "=\"";
    const auto start = headers.find(wanted);
    if (start == std::string_view::npos) return {};
    const auto first = start + wanted.size();
    const auto last = headers.find('"', first);
    if (last == std::string_view::npos) return {};
    return std::string{headers.substr(first, last - first)};
}

std::string content_type_in(std::string_view headers) {
    for (const auto* name : {"Content-Type:", "content-type:"}) {
        const auto start = headers.find(name);
        if (start == std::string_view::npos) continue;
        auto value = headers.substr(start + std::string_view{name}.size());
        value = value.substr(0, value.find("\r\n"));
        while (value.starts_with(' ')) value.remove_prefix(1);
        return std::string{value};
    }
    return {};
}

}  // namespace

std::string digest_base64(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    std::array<unsigned char, 4 * ((SHA256_DIGEST_LENGTH + 2) / 3) + 1> text{};
    const auto length = EVP_EncodeBlock(text.data(), digest.data(), SHA256_DIGEST_LENGTH);
    return {text.begin(), text.begin() + length};
}

std::string media_shelf::put(shelved_file file) {
    if (file.bytes.size() > bytes_max_) return {};
    file.sha256 = digest_base64(file.bytes);
    bytes_ += file.bytes.size();
    auto id = std::to_string(next_++);
    files_.emplace(id, std::move(file));
    order_.push_back(id);
    while (bytes_ > bytes_max_ || order_.size() > files_max) {
        drop(order_.front());
        order_.pop_front();
    }
    return id;
}

const shelved_file* media_shelf::find(std::string_view id, instant now) const {
    const auto found = files_.find(std::string{id});
    if (found == files_.end() || found->second.expires_at <= now) return nullptr;
    return &found->second;
}

bool media_shelf::drop(std::string_view id) {
    const auto found = files_.find(std::string{id});
    if (found == files_.end()) return false;
    bytes_ -= found->second.bytes.size();
    files_.erase(found);
    return true;
}

std::string media_shelf::lend(std::string_view id, instant now) {
    auto token = "m" + std::to_string(next_++);
    loans_.emplace(token, loan{.id = std::string{id}, .until = now + lent_for});
    loan_order_.push_back(token);
    if (loan_order_.size() > loans_max) {
        loans_.erase(loan_order_.front());
        loan_order_.pop_front();
    }
    return token;
}

const shelved_file* media_shelf::borrowed(std::string_view token, instant now) const {
    const auto found = loans_.find(std::string{token});
    if (found == loans_.end() || found->second.until <= now) return nullptr;
    return find(found->second.id, now);
}

std::optional<uploaded> parse_upload(std::string_view content_type, std::string_view body) {
    const auto mark = content_type.find("boundary=");
    if (!content_type.starts_with("multipart/form-data") || mark == std::string_view::npos) {
        return std::nullopt;
    }
    auto boundary = content_type.substr(mark + 9);
    if (boundary.starts_with('"')) {
        boundary.remove_prefix(1);
        boundary = boundary.substr(0, boundary.find('"'));
    } else {
        boundary = boundary.substr(0, boundary.find(';'));
    }
    if (boundary.empty()) return std::nullopt;
    const auto line = "--" + std::string{boundary};
    uploaded found;
    bool has_file = false;
    auto at = body.find(line);
    while (at != std::string_view::npos) {
        const auto start = at + line.size();
        if (body.substr(start, 2) == "--") break;
        const auto end = body.find("\r\n" + line, start);
        const auto head_end = body.find("\r\n\r\n", start);
        if (end == std::string_view::npos || head_end == std::string_view::npos ||
            head_end > end) {
            return std::nullopt;
        }
        const auto head = body.substr(start, head_end - start);
        const auto content = body.substr(head_end + 4, end - head_end - 4);
        const auto name = quoted_value(head, " name");
        if (name == "messaging_product") found.messaging_product = content;
        if (name == "type") found.type = content;
        if (name == "file") {
            has_file = true;
            found.file.bytes = content;
            found.file.file_name = quoted_value(head, "filename");
            found.file.mime_type = content_type_in(head);
        }
        at = end + 2;
    }
    if (!has_file) return std::nullopt;
    if (found.file.mime_type.empty()) found.file.mime_type = found.type;
    return found;
}

}  // namespace tertulia::gateway::simulator
