// The fields of a PDU, read and written one after the other.
//
// Internal to this folder.

#pragma once

#include "adapters/smpp/pdu.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::smpp {

// Past the end it reads zeros and empty strings, and says so.
class octet_reader {
public:
    explicit octet_reader(std::string_view octets) noexcept : rest_(octets) {}

    [[nodiscard]] std::uint8_t octet() noexcept;
    [[nodiscard]] std::uint16_t octets_2() noexcept;
    [[nodiscard]] std::uint32_t octets_4() noexcept;
    [[nodiscard]] std::string_view octets(std::size_t count) noexcept;
    [[nodiscard]] std::string c_string() noexcept;  // to its NUL; without one it ends too early
    [[nodiscard]] wire_address address() noexcept;
    [[nodiscard]] std::vector<tlv> tlvs();  // all that are left; a broken one ends them

    [[nodiscard]] bool is_at_end() const noexcept { return rest_.empty(); }
    [[nodiscard]] bool ended_early() const noexcept { return ended_early_; }

private:
    std::string_view rest_;
    bool ended_early_{};
};

class octet_writer {
public:
    void octet(std::uint8_t value);
    void octets_2(std::uint16_t value);
    void octets_4(std::uint32_t value);
    void octets(std::string_view value) { written_ += value; }
    // With its NUL; `max` counts it. What is longer, or holds a NUL, is not written.
    void c_string(std::string_view value, std::size_t max);
    void address(const wire_address& value, std::size_t max);
    void tlvs(const std::vector<tlv>& all);

    [[nodiscard]] bool is_too_long() const noexcept { return is_too_long_; }
    [[nodiscard]] std::string& written() noexcept { return written_; }

private:
    std::string written_{};
    bool is_too_long_{};
};

}  // namespace tertulia::adapters::smpp
