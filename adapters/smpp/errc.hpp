// What can be wrong with the bytes of an SMSC, and with a message for one.

#pragma once

#include <boost/system/result.hpp>

namespace tertulia::adapters::smpp {

enum class errc {
    bad_length = 1,   // a frame shorter than its header or beyond all bounds: close, nothing after
                      // it can be trusted
    unknown_command,  // a command of another version or vendor: generic_nack
    bad_body,         // a known command whose body ends too early
    field_too_long,   // to encode: a name, address or password longer than SMPP has room for
    bad_recipient,    // not a telephone number
    bad_sender,       // `from` is nothing a network would take
    empty_content,    // nothing to say
    too_long,         // more than parts_max parts
    not_possible,     // SMS has no such form
};

[[nodiscard]] boost::system::error_code make_error_code(errc code) noexcept;

template <class T>
using result = boost::system::result<T>;

}  // namespace tertulia::adapters::smpp

template <>
struct boost::system::is_error_code_enum<tertulia::adapters::smpp::errc> : std::true_type {};
