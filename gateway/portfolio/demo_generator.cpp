#include "gateway/portfolio/demo_generator.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/facts/names.hpp"
#include "gateway/portfolio/demo_cast.hpp"
#include "gateway/portfolio/demo_data.hpp"
#include "gateway/portfolio/demo_loans.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <random>
#include <span>
#include <string_view>
#include <utility>

namespace tertulia::gateway {
namespace {

using namespace demo;

constexpr int clients_count = 600;
constexpr int groups_count = 40;
constexpr int officers_count = 12;
constexpr int payment_points_count = 3'000;  // beside the six agencies

// The engine is the standard's, so its numbers are the same everywhere; the standard's
// distributions are not, hence the arithmetic here.
class chance {
public:
    explicit chance(std::uint64_t seed) : engine_{seed} {}

    [[nodiscard]] int below(int bound) {
        return static_cast<int>(engine_() % static_cast<std::uint64_t>(bound));
    }
    [[nodiscard]] int between(int low, int high) { return low + below(high - low + 1); }
    [[nodiscard]] bool percent(int of_a_hundred) { return below(100) < of_a_hundred; }

    template <class Value>
    [[nodiscard]] const Value& one_of(std::span<const Value> values) {
        return values[static_cast<std::size_t>(below(static_cast<int>(values.size())))];
    }

private:
    std::mt19937_64 engine_;
};

std::string field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{text};
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string{"\"\""} : std::string{c};
    return out + '"';
}

class csv_text {
public:
    csv_text(std::string name, std::string header)
        : file_{std::move(name), std::move(header) + "\n"} {}

    void row(std::initializer_list<std::string_view> fields) {
        bool first = true;
        for (const auto each : fields) {
            if (!first) file_.bytes += ',';
            first = false;
            file_.bytes += field(each);
        }
        file_.bytes += '\n';
    }
    [[nodiscard]] adapters::ledger::file take() { return std::move(file_); }

private:
    adapters::ledger::file file_;
};

// "G07"
std::string id_of(std::string_view letter, int number, std::size_t width) {
    auto digits = std::to_string(number);
    digits.insert(0, width > digits.size() ? width - digits.size() : 0, '0');
    return std::string{letter} + digits;
}

std::string phone_of(int number) {
    return "+5025550" + id_of("", number, 4);
}

// Four decimals, written by hand: printing a double is the library's to round.
std::string degrees(double value) {
    const auto parts = std::llround(std::abs(value) * 1e4);
    return (value < 0 ? "-" : "") + std::to_string(parts / 10'000) + "." +
           id_of("", static_cast<int>(parts % 10'000), 4);
}

std::string_view yes(bool value) {
    return value ? "yes" : "no";
}

std::string street_in(chance& by, std::string_view town_name) {
    return std::string{by.one_of(streets())} + " " + std::to_string(by.between(1, 30)) + "-" +
           id_of("", by.between(1, 99), 2) + ", " + std::string{town_name};
}

std::span<const std::string_view> landmarks() {
    static constexpr std::string_view all[] = {
        "frente al mercado La Democracia",
        "a un costado de la iglesia La Merced",
        "atrás de la escuela Minerva",
        "junto a la terminal de buses",
        "a una cuadra del centro de salud",
        "enfrente de la gasolinera",
        "contiguo a la municipalidad",
        "esquina del cementerio"};
    return all;
}

// How a client's past instalments went, and for how long she has not paid now.
struct habit {
    int share{};         // of a hundred clients
    int late_percent{};  // of her instalments
    int days_most{};
    int silent_least{};  // days without a payment; 0 and 0: she is not late today
    int silent_most{};
};
constexpr habit habits[] = {
    {48, 0, 0, 0, 0},      // reliable
    {22, 15, 4, 0, 0},     // late now and then
    {12, 55, 9, 0, 0},     // often late, and then pays
    {10, 30, 9, 1, 28},    // late today
    {8, 60, 20, 40, 125},  // at risk, nearly all over 30 days late
};

const habit& habit_of(chance& by) {
    int at = by.below(100);
    for (const auto& each : habits) {
        at -= each.share;
        if (at < 0) return each;
    }
    return habits[0];
}

struct demo_group {
    std::string id{};
    int branch{};
    int officer{};
    cast_group rhythm{};
};

class generator {
public:
    // Savings, landmarks and bylaws have chances of their own: what came before them stays as it was.
    generator(std::uint64_t seed, civil_date today)
        : by_{seed},
          saving_by_{seed + 1},
          landmark_by_{seed + 2},
          bylaws_by_{seed + 3},
          today_{today} {}

    demo_files run() {
        write_branches_and_officers();
        write_groups();
        for (const auto& each : cast()) {
            write_client(each.who);
            for (const auto& plan : each.loans) write_loan(make_loan(plan, today_));
            for (const auto& saved : each.savings) write_savings(saved);
            if (!each.pin.empty()) pins_.row({each.who.id, each.pin});
        }
        for (int number = 10; number <= clients_count; ++number) make_client(number);
        write_payment_points();
        for (const auto& each : all_groups_) write_offices(each.id);
        demo_files out;
        for (auto* each :
             {&branches_,
              &officers_,
              &groups_,
              &clients_,
              &loans_,
              &schedule_,
              &payments_,
              &savings_,
              &points_,
              &leaders_,
              &relatives_,
              &bylaws_,
              &pins_}) {
            out.files.push_back(each->take());
        }
        return out;
    }

private:
    void write_branches_and_officers() {
        for (std::size_t i = 0; i < branch_towns; ++i) {
            const auto& at = towns()[i];
            const int number = static_cast<int>(i) + 1;
            const auto id = id_of("B", number, 1);
            const auto street = street_in(by_, at.name);
            const auto name = "Agencia " + std::string{at.name};
            branches_.row(
                {id,
                 name,
                 street,
                 phone_of(50 + number),
                 "Lun-Vie 8:00-17:00, Sáb 8:00-12:00",
                 degrees(at.latitude),
                 degrees(at.longitude)}
            );
            points_.row(
                {id_of("A", number, 4),
                 name,
                 "agency",
                 street,
                 "frente al parque central",
                 "Lun-Vie 8:00-17:00, Sáb 8:00-12:00",
                 degrees(at.latitude),
                 degrees(at.longitude),
                 id,
                 "yes",
                 "yes"}
            );
        }
        for (int number = 1; number <= officers_count; ++number) {
            // Two an agency. The first is the one the well-known people know.
            const bool man = number % 4 == 0;
            const auto first =
                number == 1 ? std::string_view{"Brenda"} : by_.one_of(man ? men() : women());
            const auto courtesy = (man ? "don " : "la seño ") + std::string{first};
            officers_.row(
                {id_of("O", number, 2),
                 first,
                 by_.one_of(surnames()),
                 courtesy,
                 phone_of(number),
                 id_of("B", (number + 1) / 2, 1)}
            );
        }
    }

    void write_groups() {
        const auto fixed = cast_groups();
        static const cast_group rhythms[] = {
            {"P7D", 7, 0}, {"P14D", 14, 0}, {"P28D", 28, 0}, {"P28D", 28, 0}};
        for (int number = 1; number <= groups_count; ++number) {
            demo_group made{.id = id_of("G", number, 2)};
            const auto index = static_cast<std::size_t>(number) - 1;
            if (index < fixed.size()) {
                made.rhythm = fixed[index];
                made.branch = made.officer = 1;
            } else {
                made.rhythm = by_.one_of(std::span<const cast_group>{rhythms});
                made.rhythm.next_in_days = by_.between(1, made.rhythm.days_apart);
                made.officer = by_.between(1, officers_count);
                made.branch = (made.officer + 1) / 2;
            }
            groups_.row(
                {made.id,
                 village_banks()[index],
                 id_of("B", made.branch, 1),
                 id_of("O", made.officer, 2),
                 made.rhythm.rhythm,
                 iso_date(plus_days(today_, made.rhythm.next_in_days)),
                 id_of("", by_.between(8, 16), 2) + (by_.percent(50) ? ":00" : ":30")}
            );
            all_groups_.push_back(std::move(made));
        }
    }

    void make_client(int number) {
        const bool alone = by_.percent(14);
        const auto& of = by_.one_of(std::span<const demo_group>{all_groups_});
        const bool man = by_.percent(15);
        client who{.id = id_of("C", number, 4)};
        who.first_name = by_.one_of(man ? men() : women());
        who.last_name =
            std::string{by_.one_of(surnames())} + " " + std::string{by_.one_of(surnames())};
        if (by_.percent(70)) who.courtesy = (man ? "don " : "doña ") + who.first_name;
        make_phones(number, who);
        const int language = by_.below(100);
        who.language = language < 94 ? "es" : language < 97 ? "en" : "fr";
        const int maturity = by_.below(100);
        who.maturity = maturity < 30   ? archetype::nascent
                       : maturity < 60 ? archetype::experimenter
                       : maturity < 88 ? archetype::emerger
                                       : archetype::enabled;
        who.branch_id = id_of("B", of.branch, 1);
        who.officer_id = id_of("O", of.officer, 2);
        if (!alone) who.group_id = of.id;
        who.village = towns()[static_cast<std::size_t>(of.branch) - 1].name;
        who.met_officer = by_.percent(85);
        const bool waiting = by_.percent(2);
        const bool left = !waiting && by_.percent(5);
        if (waiting) who.status = client_status::pending;
        if (left) who.status = client_status::closed;
        write_client(who);
        if (!waiting) make_savings(number, who);
        if (waiting || by_.percent(6)) return;  // between two loans
        if (left) return make_closed_loan(number, who);
        make_loans(number, who, of);
    }

    // Some have none, some two, and some share one with the client before them.
    void make_phones(int number, client& who) {
        const int sort = by_.below(100);
        if (sort < 4) return;
        if (sort < 6 && !last_phone_.empty()) {
            who.phones = {last_phone_};
            return;
        }
        last_phone_ = phone_of(2'000 + number);
        who.phones = {last_phone_};
        if (sort < 12) who.phones.push_back(phone_of(4'000 + number));
    }

    // Two of three put something by; of a loan's collateral a part is held.
    void make_savings(int number, const client& who) {
        if (!saving_by_.percent(65)) return;
        savings_account out{.id = id_of("S", number, 4), .client_id = who.id};
        out.product = saving_by_.percent(70) ? "Ahorro a la vista" : "Ahorro programado";
        out.balance.minor = saving_by_.between(0, 250'000);
        out.available = out.balance;
        if (saving_by_.percent(40)) out.available.minor = saving_by_.below(100) * out.balance.minor / 100;
        out.active = who.status == client_status::active;
        write_savings(out);
    }

    void make_closed_loan(int number, const client& who) {
        loan_plan plan{.id = id_of("L", number, 4), .client_id = who.id};
        plan.group_id = who.group_id;
        plan.product = "Crédito comunal";
        plan.instalments = plan.fallen_due = 10;
        plan.next_in_days = -by_.between(0, 300);
        plan.principal_each = by_.between(10, 70) * 10'00;
        plan.interest_each = plan.principal_each * 8 / 100;
        plan.history.resize(10);
        auto ended = make_loan(plan, today_);
        ended.status = loan_status::closed;
        write_loan(ended);
    }

    void make_loans(int number, const client& who, const demo_group& of) {
        loan_plan plan{.id = id_of("L", number, 4), .client_id = who.id};
        plan.cycle = 1 + by_.below(by_.percent(60) ? 3 : 9);
        if (who.group_id.empty()) {
            plan.product = "Crédito individual";
            plan.days_apart = 0;
            plan.next_in_days = by_.between(1, 28);
            plan.instalments = by_.between(6, 18);
            plan.principal_each = by_.between(40, 160) * 10'00;
        } else {
            plan.group_id = who.group_id;
            plan.product = "Crédito comunal";
            plan.days_apart = of.rhythm.days_apart;
            plan.next_in_days = of.rhythm.next_in_days;
            plan.instalments = plan.days_apart == 28 ? by_.between(6, 12) : 16;
            plan.principal_each = by_.between(10, 70) * (plan.days_apart == 28 ? 10'00 : 5'00);
        }
        // Interest to the cent, a little under the tenth of the principal.
        plan.interest_each = plan.principal_each * by_.between(600, 980) / 10'000;
        plan.fallen_due = by_.percent(8) ? 0 : by_.between(1, plan.instalments - 1);
        plan.history = history_of(plan);
        write_loan(make_loan(plan, today_));

        if (!by_.percent(5)) return;
        loan_plan second{.id = id_of("L", 1'000 + number, 4), .client_id = who.id};
        second.product = "Crédito escolar";
        second.days_apart = 0;
        second.next_in_days = by_.between(1, 28);
        second.instalments = 6;
        second.principal_each = by_.between(10, 40) * 10'00;
        second.interest_each = second.principal_each / 16;
        second.fallen_due = by_.between(0, 5);
        second.history = history_of(second);
        write_loan(make_loan(second, today_));
    }

    // Her habit decides what is open; who has been silent for long has also been here for long.
    std::vector<paid_how> history_of(loan_plan& plan) {
        const auto& how = habit_of(by_);
        const int apart = plan.days_apart == 0 ? 30 : plan.days_apart;
        int open = 0;
        if (how.silent_most > 0 && plan.fallen_due > 0) {
            const int silent = by_.between(how.silent_least, how.silent_most);
            open = std::min((silent + apart - 1) / apart, plan.instalments - 1);
            plan.fallen_due = std::max(plan.fallen_due, open);
        }
        std::vector<paid_how> out;
        for (int i = 0; i < plan.fallen_due - open; ++i) {
            const bool late = by_.percent(how.late_percent);
            out.push_back({
                .days_late = late ? by_.between(1, how.days_most) : -by_.below(3),
                .in_two_parts = by_.percent(6),
            });
        }
        // A part of the oldest open one: those who try.
        if (open > 0 && by_.percent(40)) out.push_back({.days_late = 2, .minor = 50'00});
        return out;
    }

    // Those who were first elected the others' officers; who has no telephone leads no meeting here.
    void write_offices(const std::string& group_id) {
        static constexpr std::string_view offices[] = {
            "president", "treasurer", "secretary", "deputy", "handler"};
        std::size_t next = 0;
        for (const auto& who : members_) {
            if (next == std::size(offices)) break;
            if (who.group_id == group_id) leaders_.row({group_id, who.id, offices[next++]});
        }
        const bool fined = bylaws_by_.percent(50);
        bylaws_.row(
            {group_id,
             "2/3",
             decimal({bylaws_by_.between(20, 400) * 10'00}),
             decimal({bylaws_by_.between(2, 10) * 5'00}),
             yes(bylaws_by_.percent(60)),
             fined ? decimal({5'00}) : "",
             fined ? decimal({10'00}) : ""}
        );
    }

    // Who shares a telephone in one village bank is family.
    void note_member(const client& who) {
        if (who.group_id.empty() || who.phones.empty() || who.status != client_status::active) return;
        for (const auto& other : members_) {
            if (other.group_id == who.group_id && other.phones.front() == who.phones.front()) {
                relatives_.row({other.id, who.id});
            }
        }
        members_.push_back(who);
    }

    void write_client(const client& who) {
        note_member(who);
        std::string phones;
        for (const auto& each : who.phones) phones += (phones.empty() ? "" : "|") + each;
        clients_.row(
            {who.id,
             who.first_name,
             who.last_name,
             who.courtesy,
             phones,
             who.language,
             name_of(who.maturity),
             name_of(who.status),
             who.branch_id,
             who.officer_id,
             who.group_id,
             who.village,
             yes(who.met_officer)}
        );
    }

    void write_savings(const savings_account& what) {
        savings_.row(
            {what.id,
             what.client_id,
             what.product,
             what.balance.currency.view(),
             decimal(what.balance),
             decimal(what.available),
             yes(what.active)}
        );
    }

    // Interest of instalments after the next is not charged to who closes early.
    static money payoff_of(const loan& what) {
        money out{0, what.principal.currency};
        bool next = true;
        for (const auto& each : what.schedule) {
            const auto left = each.total.minor - each.paid.minor;
            if (left <= 0) continue;
            out.minor += next ? left : std::min(left, each.principal.minor);
            next = false;
        }
        return out;
    }

    void write_loan(const loan& what) {
        const bool running = what.status == loan_status::active;
        loans_.row(
            {what.id,
             what.client_id,
             what.group_id,
             what.product,
             name_of(what.status),
             std::to_string(what.cycle),
             what.principal.currency.view(),
             decimal(what.principal),
             iso_date(what.disbursed_on),
             iso_date(what.matures_on),
             running ? decimal(payoff_of(what)) : "",
             running ? iso_date(today_) : ""}
        );
        for (const auto& each : what.schedule) {
            schedule_.row(
                {what.id,
                 std::to_string(each.number),
                 iso_date(each.due),
                 decimal(each.total),
                 decimal(each.principal),
                 decimal(each.paid),
                 each.met_on ? iso_date(*each.met_on) : ""}
            );
        }
        for (const auto& each : what.payments) {
            payments_.row({each.id, what.id, iso_date(each.on), decimal(each.amount), each.place});
        }
    }

    const town& some_town() {
        int all = 0;
        for (const auto& each : towns()) all += each.weight;
        int at = by_.below(all);
        for (const auto& each : towns()) {
            at -= each.weight;
            if (at < 0) return each;
        }
        return towns().front();
    }

    void write_payment_points() {
        for (int number = 1; number <= payment_points_count; ++number) {
            const auto& at = some_town();
            const bool bank = by_.percent(18);
            // Spread about 3 km around the middle of the town, thinner outwards.
            const auto off = [&] {
                return (by_.between(-150, 150) + by_.between(-150, 150)) / 1e4;
            };
            const auto latitude = at.latitude + off();
            const auto longitude = at.longitude + off();
            points_.row(
                {id_of("A", 100 + number, 4),
                 by_.one_of(bank ? banks() : shops()),
                 bank ? "bank" : "shop",
                 street_in(by_, at.name),
                 landmark_by_.percent(40) ? landmark_by_.one_of(landmarks()) : "",
                 bank ? "Lun-Vie 9:00-16:00, Sáb 9:00-13:00" : "Lun-Dom 7:00-20:00",
                 degrees(latitude),
                 degrees(longitude),
                 "",
                 "yes",
                 yes(bank || by_.percent(15))}
            );
        }
    }

    chance by_;
    chance saving_by_;
    chance landmark_by_;
    chance bylaws_by_;
    civil_date today_;
    std::vector<demo_group> all_groups_{};
    std::vector<client> members_{};  // of village banks, who may hold an office
    std::string last_phone_{};
    csv_text branches_{"branches.csv", "id,name,street,phone,hours,latitude,longitude"};
    csv_text officers_{"officers.csv", "id,first_name,last_name,courtesy,phone,branch_id"};
    csv_text groups_{
        "groups.csv", "id,name,branch_id,officer_id,meeting_rhythm,next_meeting,meeting_time"};
    csv_text clients_{
        "clients.csv",
        "id,first_name,last_name,courtesy,phone,language,maturity,status,branch_id,officer_id,"
        "group_id,village,met_officer"};
    csv_text loans_{
        "loans.csv",
        "id,client_id,group_id,product,status,cycle,currency,principal,disbursed_on,matures_on,"
        "payoff,payoff_on"};
    csv_text schedule_{"schedule.csv", "loan_id,number,due,total,principal,paid,met_on"};
    csv_text payments_{"payments.csv", "id,loan_id,on,amount,place"};
    csv_text savings_{"savings.csv", "id,client_id,product,currency,balance,available,active"};
    csv_text points_{
        "payment_points.csv",
        "id,name,kind,street,landmark,hours,latitude,longitude,branch_id,takes_cash,takes_card"};
    csv_text leaders_{"leaders.csv", "group_id,client_id,role"};
    csv_text relatives_{"relatives.csv", "client_id,relative_id"};
    csv_text bylaws_{
        "bylaws.csv", "group_id,quorum,internal_cash,savings,tells_totals,fine_late,fine_absent"};
    csv_text pins_{"pins.csv", "client_id,pin"};
};

}  // namespace

demo_files generate_demo(std::uint64_t seed, civil_date today) {
    return generator{seed, today}.run();
}

}  // namespace tertulia::gateway
