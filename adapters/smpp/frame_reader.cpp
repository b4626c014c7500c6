#include "adapters/smpp/frame_reader.hpp"

#include "adapters/smpp/pdu.hpp"

namespace tertulia::adapters::smpp {

void frame_reader::append(std::string_view bytes) {
    if (is_lost_) return;
    held_.erase(0, taken_);
    taken_ = 0;
    held_ += bytes;
}

result<std::optional<std::string_view>> frame_reader::next() {
    if (is_lost_) return errc::bad_length;
    const auto rest = std::string_view{held_}.substr(taken_);
    if (rest.size() < 4) return std::optional<std::string_view>{};
    const std::size_t length = header_of(rest).length;
    if (length < header_octets || length > frame_octets_max) {
        is_lost_ = true;
        held_ = {};
        taken_ = 0;
        return errc::bad_length;
    }
    if (rest.size() < length) return std::optional<std::string_view>{};
    taken_ += length;
    return std::optional<std::string_view>{rest.substr(0, length)};
}

void frame_reader::clear() {
    held_.clear();
    taken_ = 0;
    is_lost_ = false;
}

}  // namespace tertulia::adapters::smpp
