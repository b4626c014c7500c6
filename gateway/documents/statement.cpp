#include "gateway/documents/statement.hpp"

#include "dialogs/facts/arrears.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/facts/schema.hpp"
#include "dialogs/wording/locale_words.hpp"

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

namespace tertulia::gateway {
namespace {

std::vector<const loan*> loans_of(const statement_of& what) {
    std::vector<const loan*> out;
    for (const auto& each : what.who.loans) {
        if (each.id == what.loan_id) return {&each};
        out.push_back(&each);
    }
    return out;
}

bool of_one_loan(const statement_of& what) {
    return std::ranges::find(what.who.loans, what.loan_id, &loan::id) != what.who.loans.end();
}

class writer {
public:
    writer(const statement_of& what, const dialogs::catalogue& words)
        : what_{what},
          words_{words},
          locale_{dialogs::locale_words::make(
              what.language, what.house.country, what.house.currency
          )} {
        known_.as_of = what.as_of;
        view_.known = &known_;
        view_.who = &what.who;
        view_.house = &what.house;
        view_.now = what.now;
        view_.today = what.today;
        view_.verified = true;
        view_.language = what.language;
    }

    paper write() {
        const auto& who = what_.who.who;
        paper out{.title = say("document.statement")};
        out.lead.push_back(
            say("document.for") + " " + who.first_name +
            (who.last_name.empty() ? "" : " " + who.last_name)
        );
        out.lead.push_back(say("document.as_of"));
        for (const auto* each : loans_of(what_)) add_loan(*each, out);
        if (!of_one_loan(what_)) add_savings(out);
        out.closing = {say("document.closing")};
        return out;
    }

private:
    std::string say(std::string_view key) const {
        return words_.format(key, what_.language, dialogs::circumstances{}, view_);
    }
    std::string day(civil_date on) const {
        std::string out;
        if (locale_ && on.ok()) locale_->append_date(out, on, dialogs::date_form::short_);
        return out;
    }
    std::string amount(money of) const {
        std::string out;
        if (locale_) locale_->append_money(out, of);
        return out;
    }

    void add_loan(const loan& of, paper& out) {
        view_.selected = &of;
        paper_table plan{
            .title = say("document.loan"),
            .lines = {say("document.owed")},
            .header = {
                say("document.number"),
                say("document.due"),
                say("document.total"),
                say("document.paid"),
                say("document.left")}};
        if (of.payoff) plan.lines.push_back(say("document.payoff"));
        for (const auto& each : of.schedule) {
            plan.rows.push_back(
                {std::to_string(each.number),
                 day(each.due),
                 amount(each.total),
                 amount(each.paid),
                 amount(left_to_pay(each))}
            );
        }
        out.tables.push_back(std::move(plan));
        if (of.payments.empty()) return;
        paper_table paid{
            .title = say("document.payments"),
            .header = {
                say("document.date"),
                say("document.amount"),
                say("document.place"),
                say("document.note")}};
        for (const auto& each : of.payments) {
            paid.rows.push_back(
                {day(each.on),
                 amount(each.amount),
                 each.place,
                 each.reversed ? say("document.reversed") : std::string{}}
            );
        }
        out.tables.push_back(std::move(paid));
        view_.selected = nullptr;
    }

    void add_savings(paper& out) {
        if (what_.who.savings.empty()) return;
        paper_table made{
            .title = say("document.savings"),
            .header = {
                say("document.product"), say("document.balance"), say("document.available")}};
        for (const auto& each : what_.who.savings) {
            made.rows.push_back({each.product, amount(each.balance), amount(each.available)});
        }
        out.tables.push_back(std::move(made));
    }

    const statement_of& what_;
    const dialogs::catalogue& words_;
    std::unique_ptr<const dialogs::locale_words> locale_;
    facts known_{};
    fact_view view_{};
};

// A cell that begins as a formula would be one to a spreadsheet: it gets an apostrophe before it.
std::string cell(std::string_view text) {
    std::string out;
    if (!text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos) {
        out += '\'';
    }
    out += text;
    if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
    std::string quoted = "\"";
    for (const char each : out) quoted += each == '"' ? std::string{"\"\""} : std::string{each};
    return quoted + '"';
}

void row(std::string& to, std::initializer_list<std::string_view> cells) {
    bool first = true;
    for (const auto each : cells) {
        if (!first) to += ',';
        first = false;
        to += cell(each);
    }
    to += "\r\n";
}

std::string iso(civil_date day) {
    return day.ok() ? iso_date(day) : std::string{};
}

}  // namespace

paper statement_paper(const statement_of& what, const dialogs::catalogue& words) {
    return writer{what, words}.write();
}

std::string statement_csv(const statement_of& what) {
    std::string out = "\xEF\xBB\xBF";  // without it Excel takes UTF-8 for something else
    row(out, {"kind", "account", "product", "number", "date", "amount", "paid", "left", "currency",
              "place", "reversed"});
    for (const auto* of : loans_of(what)) {
        const auto currency = of->principal.currency.view();
        for (const auto& each : of->schedule) {
            row(out,
                {"instalment", of->id, of->product, std::to_string(each.number), iso(each.due),
                 decimal(each.total), decimal(each.paid), decimal(left_to_pay(each)), currency, "",
                 ""});
        }
        for (const auto& each : of->payments) {
            row(out,
                {"payment", of->id, of->product, "", iso(each.on), decimal(each.amount), "", "",
                 currency, each.place, each.reversed ? "yes" : "no"});
        }
    }
    if (of_one_loan(what)) return out;
    for (const auto& each : what.who.savings) {
        row(out,
            {"savings", each.id, each.product, "", "", decimal(each.balance), "",
             decimal(each.available), each.balance.currency.view(), "", ""});
    }
    return out;
}

}  // namespace tertulia::gateway
