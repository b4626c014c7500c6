#include "gateway/referrals/referral_export.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "gateway/documents/csv_field.hpp"

#include <chrono>

namespace tertulia::gateway {
namespace {

std::string line(const referral_row& one, const commission_entry* part) {
    const auto& what = one.what;
    const civil_date consented{std::chrono::floor<std::chrono::days>(what.at)};
    auto out = std::to_string(what.id) + ',' + csv_field(what.number) + ',' +
               std::string{name_of(what.state)} + ',' + iso_date(consented) + ',' +
               csv_field(what.code) + ',' + std::to_string(what.referrer.value) + ',' +
               csv_field(what.client_id) + ',' + csv_field(what.loan_id) + ',' +
               std::to_string(what.terms.version) + ',';
    if (part == nullptr) return out + ",,,,,,," + csv_field(what.reason) + "\r\n";
    const auto& earned = part->part;
    out += std::to_string(earned.step) + ',' + decimal(earned.amount) + ',' +
           std::string{earned.amount.currency.view()} + ',' + iso_date(earned.earned_on) + ',' +
           (earned.paid_on ? iso_date(*earned.paid_on) : std::string{}) + ',' +
           csv_field(part->reference) + ',' + csv_field(part->paid_by) + ',' + csv_field(what.reason);
    return out + "\r\n";
}

}  // namespace

std::vector<referral_row> referral_rows(
    referral_ledger& from, std::int64_t after, std::size_t most
) {
    std::vector<referral_row> all;
    for (auto& one : from.after(after, referral_ledger::which::all, most)) {
        auto parts = from.commissions(one.number);
        all.push_back({.what = std::move(one), .parts = std::move(parts)});
    }
    return all;
}

std::string csv_of(std::span<const referral_row> all) {
    std::string out{
        "id,referral,state,consented_on,code,referrer,client_id,loan_id,rule,step,amount,currency,"
        "earned_on,paid_on,reference,paid_by,reason\r\n"};
    for (const auto& one : all) {
        if (one.parts.empty()) out += line(one, nullptr);
        for (const auto& part : one.parts) out += line(one, &part);
    }
    return out;
}

}  // namespace tertulia::gateway
