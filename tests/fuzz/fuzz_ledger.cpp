// No file, however broken, may crash the reading of a ledger, and what is read without a problem
// keeps the promises everything after it relies on.
//
// The first byte of the input picks the file's kind and format, the rest is the file.

#include "adapters/ledger/ledger.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace ledger = tertulia::adapters::ledger;

void must(bool holds) {
    if (!holds) std::abort();
}

void check_values(const ledger::contents& found) {
    for (const auto& each : found.clients) {
        must(!each.id.empty() && !each.first_name.empty());
        must(each.phones.size() <= ledger::phones_max);
        for (const auto& phone : each.phones) must(phone.size() >= 9 && phone.front() == '+');
    }
    for (const auto& each : found.loans) must(each.principal.minor >= 0);
    for (const auto& [loan_id, each] : found.schedule) {
        must(each.due.ok() && each.paid <= each.total && each.principal <= each.total);
        must(!each.met_on || each.paid == each.total);
    }
    for (const auto& [loan_id, each] : found.payments) must(each.on.ok() && each.amount.minor >= 0);
    for (const auto& each : found.payment_points) {
        must(each.latitude >= -90 && each.latitude <= 90);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto what = static_cast<ledger::kind>(data[0] % ledger::kinds);
    const auto* const extension = data[0] >= 128 ? ".json" : ".csv";
    const std::vector<ledger::file> files{
        {std::string{ledger::name_of(what)} + extension, std::string{data + 1, data + size}}};
    ledger::read_options options;
    options.known = [](ledger::kind, std::string_view) { return true; };
    const auto out = ledger::read(files, options);
    for (const auto& each : out.problems.first()) must(!text_of(each).empty());
    if (out.problems.count() == 0) check_values(out.found);
    return 0;
}
