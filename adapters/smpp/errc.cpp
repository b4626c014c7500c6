#include "adapters/smpp/errc.hpp"

#include <string>

namespace tertulia::adapters::smpp {
namespace {

class category final : public boost::system::error_category {
public:
    [[nodiscard]] const char* name() const noexcept override { return "smpp"; }
    [[nodiscard]] std::string message(int code) const override {
        switch (static_cast<errc>(code)) {
            case errc::bad_length:
                return "a frame of an impossible length";
            case errc::unknown_command:
                return "a command SMPP 3.4 has not";
            case errc::bad_body:
                return "a body that ends before its fields do";
            case errc::field_too_long:
                return "a field is longer than SMPP has room for";
            case errc::bad_recipient:
                return "no telephone number to send to";
            case errc::bad_sender:
                return "the sender is no number, short code or name of at most 11 letters";
            case errc::empty_content:
                return "there is nothing to say in it";
            case errc::too_long:
                return "it takes more parts than the channel allows";
            case errc::not_possible:
                return "SMS has no such message";
        }
        return "unknown error";
    }
};

}  // namespace

boost::system::error_code make_error_code(errc code) noexcept {
    static const category ours;
    return {static_cast<int>(code), ours};
}

}  // namespace tertulia::adapters::smpp
