// Any bytes as septets, as UTF-16 and as text to send: the alphabets of SMS answer, keep their
// bounds and agree with each other.

#include "dialogs/message/sms/gsm7.hpp"
#include "dialogs/message/sms/sms_length.hpp"
#include "dialogs/message/sms/transliteration.hpp"
#include "dialogs/message/sms/ucs2.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tertulia;
    if (size < 1) return 0;
    const gsm7_tables tables{national_table_of(data[0] & 3U), national_table_of(data[0] >> 6U)};
    const std::string_view bytes{reinterpret_cast<const char*>(data + 1), size - 1};

    const auto read = gsm7_decoded(bytes, tables);
    if (const auto again = gsm7_encoded(read, tables))
        require(gsm7_decoded(*again, tables) == read);
    const unsigned fill = (data[0] >> 2U) % 7;
    const auto septets = gsm7_unpacked(bytes, bytes.size(), fill);
    require(gsm7_unpacked(gsm7_packed(septets, fill), septets.size(), fill) == septets);
    require(ucs2_decoded(bytes).size() <= bytes.size() * 3);

    const auto cut = sms_cut_of(bytes);
    const auto length = sms_length_of(bytes);
    require(!cut.parts.empty() && cut.parts.size() == length.segments);
    const auto room = sms_room(cut.alphabet, cut.parts.size() > 1 ? header_8_bit_octets : 0);
    for (const auto& part : cut.parts) {
        const auto septet_form = gsm7_encoded(part);
        require(cut.alphabet == sms_alphabet::ucs2 || septet_form.has_value());
        const auto units = cut.alphabet == sms_alphabet::gsm7 ? septet_form->size()
                                                              : ucs2_encoded(part).size() / 2;
        require(units <= room);
    }

    const auto plain = sms_transliterated(bytes);
    const bool fits = sms_length_of(plain.text).alphabet == sms_alphabet::gsm7;
    require(fits == plain.left.empty());
    require(plain.left.empty() || plain.changes.empty());
    return 0;
}
