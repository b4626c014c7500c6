#include "tests/simulation/nudges_life.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <algorithm>
#include <array>

namespace tertulia::simulation {
namespace {

using namespace std::chrono_literals;

struct place {
    const char* country{};
    const char* zones[2]{};
};
constexpr std::array<place, 5> places{{
    {"GT", {"America/Guatemala", "America/Mexico_City"}},
    {"MX", {"America/Mexico_City", "America/Hermosillo"}},
    {"US", {"America/New_York", "America/Chicago"}},
    {"KE", {"Africa/Nairobi", "Africa/Lagos"}},
    {"", {"Europe/Madrid", "Atlantic/Canary"}},
}};

// How somebody pays, in percent.
struct habit {
    int share{};
    int late{};       // instalments that come late…
    int days_most{};  // …by so many days at most
    int never{};      // loans that stop being paid at some point
};
constexpr std::array<habit, 4> habits{
    {{66, 4, 3, 0}, {20, 20, 6, 1}, {10, 50, 25, 5}, {4, 60, 70, 40}}};

class founding {
public:
    founding(institution& made, std::uint64_t seed) : made_{made}, chance_{seed} {}

    void begin(int clients) {
        const auto& at = places.at(static_cast<std::size_t>(chance_.below(places.size())));
        made_.country = at.country;
        made_.zones[0] = at.zones[0];
        made_.zones[1] = at.zones[1];
        made_.own_hours = chance_.in(50);
        made_.first = plus_days(2019y / 1 / 1, chance_.below(700));
        made_.calendar.resize(static_cast<std::size_t>(made_.days));
        holidays();
        people(clients);
        troubles();
        for (auto& day : made_.calendar) {
            std::stable_sort(day.begin(), day.end(), [](const auto& one, const auto& other) {
                return one.minute < other.minute;
            });
        }
    }

private:
    void add(int day, happening what) {
        if (day < 0 || day >= made_.days) return;
        if (what.minute == 0) what.minute = chance_.within(45, 23 * 60 + 20);
        made_.calendar[static_cast<std::size_t>(day)].push_back(what);
    }

    void holidays() {
        for (int day = -60; day < made_.days + 60; ++day) {
            if (chance_.below(40) != 0) continue;
            const int long_one = chance_.in(15) ? chance_.within(3, 5) : 1;
            for (int more = 0; more < long_one; ++more) {
                made_.holidays.push_back(plus_days(made_.first, day + more));
            }
        }
    }

    void people(int clients) {
        for (int i = 0; i < clients; ++i) {
            borrower one{.id = "c" + std::to_string(i)};
            if (chance_.in(40)) one.group_id = "g" + std::to_string(i / 12);
            if (chance_.in(40)) one.prefers = chance_.within(6 * 60, 20 * 60);
            one.agreed = chance_.in(97);
            give_phones(one, i);
            made_.clients.push_back(std::move(one));
            borrow(i);
        }
    }

    void give_phones(borrower& one, int index) {
        const int kind = chance_.below(100);
        if (kind < 2) return;                      // she has none
        if (kind < 10 && !made_.phones.empty()) {  // her neighbour's
            made_.phones.back().owners.push_back(index);
            one.phones.push_back(static_cast<int>(made_.phones.size()) - 1);
            return;
        }
        for (int count = kind < 25 ? 2 : 1; count > 0; --count) {
            one.phones.push_back(static_cast<int>(made_.phones.size()));
            made_.phones.push_back({.owners = {index}});
        }
    }

    void borrow(int index) {
        int kind = chance_.below(100);
        std::size_t how = 0;
        while (kind >= habits[how].share) kind -= habits[how++].share;
        int cycle = chance_.within(1, 3);
        for (int day = chance_.within(-200, 60); day < made_.days - 20;) {
            day = lend(index, cycle++, day, habits[how]) + chance_.within(5, 90);
        }
        if (chance_.in(15)) lend(index, cycle, chance_.within(0, made_.days - 60), habits[how]);
    }

    // The day of the last instalment.
    int lend(int index, int cycle, int day, const habit& pays) {
        auto& who = made_.clients[static_cast<std::size_t>(index)];
        const int rhythm = chance_.below(100);
        const int every = rhythm < 20 ? 7 : rhythm < 40 ? 14 : 30;
        const int count = every == 7 ? chance_.within(16, 26) : chance_.within(6, 14);
        const money each{chance_.within(10, 200) * 1'000, {}};
        const int number = static_cast<int>(who.loans.size());
        loan made{
            .id = who.id + "/" + std::to_string(number),
            .client_id = who.id,
            .group_id = who.group_id,
            .status = day < 0 ? loan_status::active : loan_status::approved,
            .cycle = cycle,
            .disbursed_on = plus_days(made_.first, day)};
        if (day >= 0) add(day, {.what = happens::disburses, .client = index, .loan = number});
        const int stops = chance_.in(pays.never) ? chance_.within(2, count) : count + 1;
        for (int i = 1; i <= count; ++i) {
            const int due = day + every * i;
            instalment one{.number = i, .due = plus_days(made_.first, due), .total = each};
            if (i < stops) pay(index, number, one, due, pays);
            made.schedule.push_back(one);
        }
        who.loans.push_back(std::move(made));
        who.notes.emplace_back();
        return day + every * count;
    }

    void pay(int index, int number, instalment& one, int due, const habit& pays) {
        const bool late = chance_.in(pays.late);
        const int days = late ? chance_.within(1, pays.days_most) : -chance_.below(4);
        const int on = due + days;
        if (on < 0) {
            one.paid = one.total;
            one.met_on = plus_days(made_.first, on);
            return;
        }
        auto left = one.total.minor;
        happening paid{.what = happens::pays, .client = index, .loan = number};
        if (chance_.in(8)) {
            paid.value = left / 2;
            left -= paid.value;
            add(on - 1, paid);
        }
        const int back = chance_.in(5) ? chance_.within(1, 2) : 0;
        if (back > 0 && chance_.in(80))
            add(on, {.what = happens::claims, .client = index, .loan = number});
        paid.value = left;
        paid.days_back = back;
        add(on + back, paid);
        if (days >= 3 && chance_.in(40)) {
            const int said = due + chance_.within(0, 3);
            const int away = std::max(1, std::min(7, on - said + (chance_.in(70) ? 0 : -2)));
            add(said, {.what = happens::promises, .client = index, .loan = number, .value = away});
        }
    }

    int anybody() { return chance_.below(static_cast<int>(made_.clients.size())); }

    // Of each kind so many a year and a hundred clients.
    void now_and_then(
        happens what, int a_year, int least, int most, std::optional<happens> ends = {}
    ) {
        const auto clients = static_cast<std::int64_t>(made_.clients.size());
        const auto count = clients * a_year * made_.days / 36'500;
        for (std::int64_t i = 0; i < count; ++i) {
            const int day = chance_.below(made_.days);
            const int length = chance_.within(least, most);
            const int who = anybody();
            const int which = chance_.below(4);
            add(day, {.what = what, .client = who, .loan = which, .value = length});
            if (ends) add(day + length, {.what = *ends, .client = who, .loan = which});
        }
    }

    void troubles() {
        now_and_then(happens::promises, 60, 1, 7);
        now_and_then(happens::claims, 40, 1, 1);
        now_and_then(happens::hardship, 12, 10, 40);
        now_and_then(happens::complains, 10, 5, 30, happens::complaint_ends);
        now_and_then(happens::opts_out, 6, 20, 200, happens::opts_in);
        now_and_then(happens::wants_none, 8, 20, 200, happens::wants_some);
        now_and_then(happens::pauses, 8, 3, 92);
        now_and_then(happens::prefers, 30, 6 * 60, 20 * 60);
        now_and_then(happens::writes, 600, 1, 1);
        now_and_then(happens::person_talks, 60, 30, 300);
        now_and_then(happens::phone_doubted, 5, 10, 100, happens::phone_confirmed);
        now_and_then(happens::template_lost, 8, 10, 60, happens::template_back);
        now_and_then(happens::day_moves, 8, 2, 8);
        for (int day = 2; day < made_.days; ++day) {
            if (chance_.below(30) == 0) {
                const int longest = chance_.in(30) ? 2'000 : 400;
                add(day, {.what = happens::core_stops, .value = chance_.within(10, longest)});
            }
            if (chance_.below(25) == 0) {
                const int longest = chance_.in(15) ? 4'000 : 300;
                add(day, {.what = happens::gateway_stops, .value = chance_.within(1, longest)});
            }
            if (chance_.below(70) == 0) {
                add(day,
                    {.what = happens::policy_changes, .minute = chance_.within(9 * 60, 11 * 60)});
            }
            if (chance_.below(50) == 0) {
                add(day, {.what = happens::holiday_declared, .minute = 7 * 60});
            }
            if (chance_.below(250) == 0) {
                add(day, {.what = happens::zone_changes, .minute = 12 * 60 + 1});
            }
        }
    }

    institution& made_;
    dice chance_;
};

}  // namespace

institution institution_of(std::uint64_t seed, int clients, int days) {
    institution made{.seed = seed, .days = days};
    founding{made, seed}.begin(clients);
    return made;
}

}  // namespace tertulia::simulation
