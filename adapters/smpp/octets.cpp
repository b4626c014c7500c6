#include "adapters/smpp/octets.hpp"

namespace tertulia::adapters::smpp {

std::uint8_t octet_reader::octet() noexcept {
    const auto taken = octets(1);
    return taken.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(taken[0]);
}

std::uint16_t octet_reader::octets_2() noexcept {
    const unsigned high = octet();
    return static_cast<std::uint16_t>(high << 8U | octet());
}

std::uint32_t octet_reader::octets_4() noexcept {
    const std::uint32_t high = octets_2();
    return high << 16U | octets_2();
}

std::string_view octet_reader::octets(std::size_t count) noexcept {
    if (count > rest_.size()) {
        ended_early_ = true;
        rest_ = {};
        return {};
    }
    const auto taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
}

std::string octet_reader::c_string() noexcept {
    const auto end = rest_.find('\0');
    if (end == std::string_view::npos) {
        ended_early_ = true;
        rest_ = {};
        return {};
    }
    std::string taken{rest_.substr(0, end)};
    rest_.remove_prefix(end + 1);
    return taken;
}

wire_address octet_reader::address() noexcept {
    wire_address read;
    read.ton = octet();
    read.npi = octet();
    read.text = c_string();
    return read;
}

std::vector<tlv> octet_reader::tlvs() {
    constexpr std::size_t tlv_header_octets = 4;
    std::vector<tlv> all;
    while (rest_.size() >= tlv_header_octets) {
        const auto tag = octets_2();
        const std::size_t length = octets_2();
        if (length > rest_.size()) break;
        all.push_back({.tag = tag, .value = std::string{octets(length)}});
    }
    rest_ = {};
    return all;
}

void octet_writer::octet(std::uint8_t value) {
    written_ += static_cast<char>(value);
}

void octet_writer::octets_2(std::uint16_t value) {
    octet(static_cast<std::uint8_t>(value >> 8U));
    octet(static_cast<std::uint8_t>(value & 0xFFU));
}

void octet_writer::octets_4(std::uint32_t value) {
    octets_2(static_cast<std::uint16_t>(value >> 16U));
    octets_2(static_cast<std::uint16_t>(value & 0xFFFFU));
}

void octet_writer::c_string(std::string_view value, std::size_t max) {
    if (value.size() >= max || value.find('\0') != std::string_view::npos) {
        is_too_long_ = true;
        return;
    }
    written_ += value;
    written_ += '\0';
}

void octet_writer::address(const wire_address& value, std::size_t max) {
    octet(value.ton);
    octet(value.npi);
    c_string(value.text, max);
}

void octet_writer::tlvs(const std::vector<tlv>& all) {
    for (const auto& one : all) {
        if (one.value.size() > 0xFFFF) {
            is_too_long_ = true;
            return;
        }
        octets_2(one.tag);
        octets_2(static_cast<std::uint16_t>(one.value.size()));
        octets(one.value);
    }
}

}  // namespace tertulia::adapters::smpp
