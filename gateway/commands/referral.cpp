// `tertulia referral`: who was recommended, what that earned, and that it was paid; through the running
// gateway or, when none runs, in its database.

#include "gateway/commands/admin_call.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/only_one.hpp"
#include "gateway/commands/referral_routes.hpp"
#include "gateway/commands/write_out.hpp"
#include "gateway/http/query.hpp"
#include "gateway/referrals/referral_export.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

namespace tertulia::gateway {
namespace {

struct asked {
    std::string file{};
    std::string to{};
    std::int64_t after{};
    std::string number{};
    std::string reference{};
    std::string by{};
    int step{};
};

// By the one way or the other; nothing: it was said why not.
template <class Result>
std::optional<Result> either(
    const config& settings,
    const std::function<std::optional<Result>()>& ask,
    const std::function<Result(referral_ledger&)>& look
) {
    const auto& database = settings.store.sqlite_file;
    if (!std::filesystem::exists(database)) {
        std::cerr << "tertulia: there is no database at " << database.string() << " yet\n";
        return std::nullopt;
    }
    std::optional<only_one> alone;
    try {
        alone.emplace(database);
    } catch (const already_running&) {
        return ask();
    }
    sqlite_store store{{.path = database.string()}};
    return look(store.referrals());
}

std::optional<std::string> table_of(const config& settings, std::int64_t after) {
    return either<std::string>(
        settings,
        [&]() -> std::optional<std::string> {
            const auto got = ask_admin(
                settings, "GET",
                std::string{referrals_path} + "?format=csv&after=" + std::to_string(after)
            );
            if (got.result == http::call_result::answered && got.status == 200) return got.body;
            explain_failure(settings, got);
            return std::nullopt;
        },
        [after](referral_ledger& ledger) {
            return csv_of(referral_rows(ledger, after, referrals_at_once));
        }
    );
}

std::string listed(const referral_row& one) {
    auto out = one.what.number + "  " + std::string{name_of(one.what.state)} + "  code " +
               one.what.code + "  rule " + std::to_string(one.what.terms.version);
    for (const auto& each : one.parts) {
        out += "  [" + std::to_string(each.part.step) + ": " + decimal(each.part.amount) + " " +
               std::string{each.part.amount.currency.view()} +
               (each.part.paid_on ? " paid " + each.reference : " open") + "]";
    }
    return out + '\n';
}

std::string line_of(const nlohmann::json& one) {
    auto out = one.value("number", "") + "  " + one.value("state", "") + "  code " +
               one.value("code", "") + "  rule " + std::to_string(one.value("rule", 0));
    for (const auto& each : one.value("commission", nlohmann::json::array())) {
        out += "  [" + std::to_string(each.value("step", 0)) + ": " + each.value("amount", "") +
               " " + each.value("currency", "") +
               (each.contains("paid_on") ? " paid " + each.value("reference", "") : " open") + "]";
    }
    return out + '\n';
}

int list(const config& settings, const asked& how) {
    const auto text = either<std::string>(
        settings,
        [&]() -> std::optional<std::string> {
            const auto got = ask_admin(
                settings, "GET", std::string{referrals_path} + "?after=" + std::to_string(how.after)
            );
            if (got.result != http::call_result::answered || got.status != 200) {
                explain_failure(settings, got);
                return std::nullopt;
            }
            const auto read = nlohmann::json::parse(got.body, nullptr, false);
            std::string all;
            if (!read.is_object()) return all;
            for (const auto& one : read.value("referrals", nlohmann::json::array())) {
                all += line_of(one);
            }
            return all;
        },
        [&how](referral_ledger& ledger) {
            std::string all;
            for (const auto& one : referral_rows(ledger, how.after, referrals_at_once)) {
                all += listed(one);
            }
            return all;
        }
    );
    if (!text) return 1;
    std::cout << (text->empty() ? "there are none\n" : *text);
    return 0;
}

int pay(const config& settings, const asked& how) {
    const auto calendar = dialogs::local_calendar::make(settings.institution.time_zone);
    if (!calendar) {
        std::cerr << "tertulia: there is no time zone " << settings.institution.time_zone << '\n';
        return 1;
    }
    bool well = false;
    const auto text = either<std::string>(
        settings,
        [&]() -> std::optional<std::string> {
            nlohmann::json body{{"reference", how.reference}, {"by", how.by}};
            if (how.step > 0) body["step"] = how.step;
            const auto got = ask_admin(
                settings, "POST",
                std::string{referrals_path} + "/" + http::percent_encode(how.number) + "/pay",
                body.dump()
            );
            if (got.result != http::call_result::answered || got.status != 200) {
                explain_failure(settings, got);
                return std::nullopt;
            }
            well = true;
            const auto read = nlohmann::json::parse(got.body, nullptr, false);
            return read.is_object() ? read.value("text", "") : std::string{};
        },
        [&](referral_ledger& ledger) {
            const auto now = std::chrono::time_point_cast<std::chrono::milliseconds>(
                std::chrono::system_clock::now()
            );
            const commission_payment what{
                .number = how.number,
                .step = how.step,
                .reference = how.reference,
                .by = how.by,
                .on = calendar->date_of(now),
                .at = now};
            const auto result = ledger.pay(what);
            well = is_well(result.answer);
            return words_of(what, result);
        }
    );
    if (!text) return 1;
    (well ? std::cout : std::cerr) << *text << '\n';
    return well ? 0 : 1;
}

}  // namespace

void add_referral(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand("referral", "Recommendations and their commissions");
    command->require_subcommand(1);
    const auto common = [](CLI::App& one) {
        auto how = std::make_shared<asked>();
        one.add_option("--config", how->file, "The config file")->required();
        return how;
    };
    auto* lists = command->add_subcommand("list", "How they stand and what they earned");
    const auto listing = common(*lists);
    lists->add_option("--after", listing->after, "The id of the last one you have")
        ->check(CLI::NonNegativeNumber);
    lists->callback([listing, &exit_code] {
        const auto settings = load_config_or_explain(listing->file);
        exit_code = settings ? list(*settings, *listing) : 1;
    });

    auto* pays = command->add_subcommand(
        "pay", "Note that a commission was paid; told again it is the same payment"
    );
    const auto paying = common(*pays);
    const auto word = CLI::Validator{
        [](std::string& text) {
            return text.empty() || text.size() > payment_word_bytes_max
                       ? std::string{"up to 80 bytes"}
                       : std::string{};
        },
        "TEXT"};
    pays->add_option("number", paying->number, "Its number, R17")->required();
    pays->add_option("--reference", paying->reference, "Of the payment: a receipt, a transfer")
        ->required()
        ->check(word);
    pays->add_option("--by", paying->by, "Who paid; it is kept")->required()->check(word);
    pays->add_option("--step", paying->step, "Only this part; every open one without it")
        ->check(CLI::Range(1, 12));
    pays->callback([paying, &exit_code] {
        const auto settings = load_config_or_explain(paying->file);
        exit_code = settings ? pay(*settings, *paying) : 1;
    });

    auto* exports = command->add_subcommand("export", "As CSV; the oldest 5000 after --after");
    const auto exporting = common(*exports);
    exports->add_option("--after", exporting->after, "The id of the last one you have")
        ->check(CLI::NonNegativeNumber);
    exports->add_option("--to", exporting->to, "The file to write; standard output without it");
    exports->callback([exporting, &exit_code] {
        const auto settings = load_config_or_explain(exporting->file);
        const auto table = settings ? table_of(*settings, exporting->after) : std::nullopt;
        exit_code = table ? write_out(*table, exporting->to) : 1;
    });
}

}  // namespace tertulia::gateway
