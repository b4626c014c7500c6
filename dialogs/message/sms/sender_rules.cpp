#include "dialogs/message/sms/sender_rules.hpp"

namespace tertulia {
namespace {

constexpr std::string_view registered_in =
    "AE BY EG IN JO KE KW LK NG PH QA RU RW SA SG TH TR TZ UG VN ";
constexpr std::string_view not_possible_in =
    "AR BE BR BS CA CG CL CN CO CR DO EC FM GT GU HU KN KR KY LC LR MC MH MX MY MZ NI NZ "
    "PE PR PY SV TM US UY VE VI ZA ";
constexpr std::string_view shown_in =
    "AD AF AG AI AL AM AT AU AW AZ BA BB BD BF BG BH BI BM BN BO BT BW BZ CD CF CH CI CK "
    "CM CV CY CZ DE DJ DK DM DZ EE ER ES ET FI FJ FO FR GA GB GD GE GF GG GH GI GL GM GN "
    "GP GQ GR GW GY HK HN HR HT ID IE IL IM IQ IS IT JE JM JP KG KH KM KZ LA LB LI LS LT "
    "LU LV LY MA MD ME MG MK ML MM MN MO MQ MR MS MT MU MV MW NA NC NE NL NO NP NU OM PA "
    "PF PG PK PL PS PT RE RO RS SB SC SE SI SK SL SM SN SO SR SS ST SZ TC TD TG TJ TL TN "
    "TO TT TW UA UZ VG VU WS YE YT ZM ZW ";

bool names(std::string_view list, std::string_view country) noexcept {
    for (std::size_t at = 0; at + 2 <= list.size(); at += 3) {
        if (list.substr(at, 2) == country) return true;
    }
    return false;
}

}  // namespace

name_sender name_sender_in(std::string_view country) noexcept {
    if (names(not_possible_in, country)) return name_sender::not_possible;
    if (names(registered_in, country)) return name_sender::registered;
    return names(shown_in, country) ? name_sender::shown : name_sender::unknown;
}

}  // namespace tertulia
