// An SMSC that does as a test says, submit by submit, good or bad, and from which messages and
// receipts come when the test wants them.
//
// Threads: the script runs on a thread of each connection, one at a time.

#pragma once

#include "tests/integration/parts/wait.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tertulia::integration {

struct fake_submit {
    std::string to{};    // digits
    std::string text{};  // octets, without the header of a part
    std::string id{};    // what the SMSC calls it, if it takes it
    bool is_part{};      // of a longer message
    bool wants_receipt{};
};

struct fake_reply {
    enum class how : std::uint8_t {
        whole,
        cut,         // half of it, then the connection ends
        impossible,  // a frame of an impossible length
        silent,      // nothing, and the connection stays
        hang_up,     // nothing, and the connection ends
    };
    std::uint32_t status{};  // command_status; 0: taken
    how sent{how::whole};
    milliseconds wait{0};  // before it; the other answers do not wait for it
    bool is_taken{true};   // with status 0: it has the message whatever becomes of the answer
};

class fake_smsc {
public:
    using script = std::function<fake_reply(const fake_submit&)>;

    explicit fake_smsc(script does);
    // With TLS and that certificate.
    fake_smsc(script does, const std::filesystem::path& certificate, const std::filesystem::path& key);
    ~fake_smsc();
    fake_smsc(const fake_smsc&) = delete;
    fake_smsc& operator=(const fake_smsc&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept;
    [[nodiscard]] bool is_bound() const;
    [[nodiscard]] std::size_t binds() const noexcept;             // asked for, granted or not
    [[nodiscard]] std::size_t handshakes_failed() const noexcept;
    // Every bind from now on is answered so.
    void bind_status_is(std::uint32_t status);
    // Whoever is connected is cut off, and who connects then is too, until it comes back.
    void goes();
    void comes();
    // For whoever connects from now on.
    void certificate_is(const std::filesystem::path& certificate, const std::filesystem::path& key);

    // What it has taken, in order; a message taken twice is there twice.
    struct taken {
        fake_submit what{};
        bool is_answered{};  // the whole answer left, at once or late
    };
    [[nodiscard]] std::vector<taken> all() const;
    [[nodiscard]] std::vector<taken> to(std::string_view digits) const;

    // She writes: true when it was acknowledged as stored.
    [[nodiscard]] bool says(const std::string& digits, const std::string& text);
    // The receipt of what it took as `id`: "DELIVRD", "UNDELIV"… True when it was acknowledged.
    [[nodiscard]] bool reports(const fake_submit& what, const std::string& state);

private:
    class implementation;
    std::unique_ptr<implementation> self_;
};

}  // namespace tertulia::integration
