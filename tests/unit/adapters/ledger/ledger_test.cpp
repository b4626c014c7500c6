// Files as institutions export them, good and bad. Every mistake is reported in words that let the
// person who made the file mend it alone; the words themselves are part of the promise.

#include "adapters/ledger/ledger.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::adapters::ledger {
namespace {

using namespace std::chrono;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> texts(const reading& from) {
    std::vector<std::string> out;
    for (const auto& each : from.problems.first()) out.push_back(text_of(each));
    return out;
}

reading read_one(std::string name, std::string bytes, read_options options = {}) {
    options.known = [](kind, std::string_view) { return true; };
    const std::vector<file> files{{std::move(name), std::move(bytes)}};
    return read(files, options);
}

std::vector<file> whole_set() {
    return {
        {"branches.csv",
         "id,name,street,phone,hours,latitude,longitude\n"
         "B1,Agencia Mixco,\"5a calle 3-21, zona 1\",+50255500002,Lun-Vie "
         "8:00-17:00,14.63,-90.6\n"},
        {"officers.csv",
         "id,first_name,last_name,courtesy,phone,branch_id\n"
         "O1,Brenda,Toj,seño Brenda,+50255500003,B1\n"},
        {"groups.csv",
         "id,name,branch_id,officer_id,meeting_rhythm,next_meeting,meeting_time\n"
         "G1,Las Bugambilias,B1,O1,P28D,2026-12-01,10:00\n"},
        {"clients.csv",
         "id,first_name,last_name,courtesy,phone,language,maturity,status,branch_id,officer_id,"
         "group_id,village,met_officer\n"
         "C1,Rosa,Xicay,doña Rosa,+50255501001|+50255501002,es,nascent,active,B1,O1,G1,Mixco,yes\n"
         "C2,Ana,,,,,,,,,,,\n"},
        {"loans.csv",
         "id,client_id,group_id,product,status,cycle,currency,principal,disbursed_on,matures_on\n"
         "L1,C1,G1,Crédito comunal,active,3,,3000.00,2026-08-03,2026-12-21\n"},
        {"schedule.csv",
         "loan_id,number,due,total,principal,paid,met_on\n"
         "L1,1,2026-08-31,465.00,420,465,2026-08-31\n"
         "L1,2,2026-09-28,465.00,420,100.5,\n"},
        {"payments.csv",
         "id,loan_id,on,amount,place,reversed,receipt\n"
         "P1,L1,2026-08-31,465.00,Agencia Mixco,,\n"
         "P2,L1,2026-09-20,100.50,,no,BR-77812\n"},
        {"payment_points.csv",
         "id,name,kind,street,hours,latitude,longitude,branch_id,takes_cash,takes_card\n"
         "A1,Tienda La Esquina,shop,2a av. 4-10,,14.64,-90.58,,yes,no\n"}};
}

TEST(ledger, a_whole_set_becomes_values) {
    const auto out = read(whole_set(), {});

    ASSERT_THAT(texts(out), IsEmpty());
    EXPECT_EQ(out.found.rows(), 11U);
    EXPECT_EQ(out.found.branches[0].street, "5a calle 3-21, zona 1");
    EXPECT_DOUBLE_EQ(out.found.branches[0].longitude, -90.6);
    EXPECT_EQ(out.found.officers[0].courtesy, "seño Brenda");
    EXPECT_EQ(out.found.groups[0].meeting_rhythm, "P28D");
    EXPECT_EQ(out.found.groups[0].next_meeting, civil_date(2026y / 12 / 1));
    const auto& rosa = out.found.clients[0];
    EXPECT_THAT(rosa.phones, ElementsAre("+50255501001", "+50255501002"));
    EXPECT_EQ(rosa.maturity, archetype::nascent);
    EXPECT_TRUE(rosa.met_officer);
    EXPECT_EQ(out.found.loans[0].principal, money{300000});
    EXPECT_EQ(out.found.loans[0].cycle, 3);
    EXPECT_EQ(out.found.schedule[1].what.paid, money{10050});
    EXPECT_EQ(out.found.schedule[0].what.met_on, civil_date(2026y / 8 / 31));
    EXPECT_EQ(out.found.payments[1].what.amount, money{10050});
    EXPECT_EQ(out.found.payments[1].what.receipt, "BR-77812");
    EXPECT_EQ(out.found.payment_points[0].kind, "shop");
    EXPECT_TRUE(out.found.has(kind::clients));
    EXPECT_FALSE(out.found.has(kind::pins));
}

TEST(ledger, what_a_client_does_not_say_has_a_default) {
    const auto out = read(whole_set(), {.language = "fr"});
    const auto& ana = out.found.clients.at(1);
    EXPECT_TRUE(ana.phones.empty());
    EXPECT_EQ(ana.language, "fr");
    EXPECT_EQ(ana.maturity, archetype::emerger);
    EXPECT_EQ(ana.status, client_status::active);
    EXPECT_FALSE(ana.met_officer);
}

TEST(ledger, optional_columns_may_be_left_out) {
    const auto out = read_one("clients.csv", "first_name,id\nRosa,C1\n");
    ASSERT_THAT(texts(out), IsEmpty());
    EXPECT_EQ(out.found.clients[0].first_name, "Rosa");
}

TEST(ledger, json_records_are_the_same_records) {
    const auto out = read_one("demo/clients.json", R"([
        {"id": "C1", "first_name": "Rosa", "phone": ["+50255501001", "+50255501002"],
         "met_officer": true, "village": null, "language": ""},
        {"id": "C2", "first_name": "Ana \u00f1", "phone": "+50255501003"}])");
    ASSERT_THAT(texts(out), IsEmpty());
    EXPECT_THAT(out.found.clients[0].phones, ElementsAre("+50255501001", "+50255501002"));
    EXPECT_TRUE(out.found.clients[0].met_officer);
    EXPECT_EQ(out.found.clients[1].first_name, "Ana ñ");
}

TEST(ledger, soyfinca_points_have_their_landmark_after_the_street) {
    const std::vector<file> files{
        {"payment_points.csv",
          "id,name,kind,street,landmark,latitude,longitude\n"
          "A1,Tienda,shop,2a av. 4-10,frente al mercado,14.64,-90.58\n"
          "A2,Tienda,shop,,frente al mercado,14.64,-90.58\n"
          "A3,Agencia,agency,1a calle,,14.64,-90.58\n"}};
    const auto out = read(
        files,
        {}
    );
    ASSERT_THAT(texts(out), IsEmpty());
    ASSERT_THAT(out.found.payment_points, testing::SizeIs(3));
    EXPECT_EQ(out.found.payment_points[0].street, "2a av. 4-10, frente al mercado");
    EXPECT_EQ(out.found.payment_points[1].street, "frente al mercado");
    EXPECT_EQ(out.found.payment_points[2].street, "1a calle");
    EXPECT_EQ(out.found.payment_points[2].kind, "agency");
}

TEST(ledger, soyfinca_points_with_wrong_or_missing_degrees_are_refused_with_their_row) {
    const std::vector<file> files{
        {"payment_points.csv",
          "id,name,kind,latitude,longitude\n"
          "A1,Tienda,shop,91,-90.58\n"
          "A2,Tienda,shop,14.64,\n"
          "A3,Tienda,shop,14.64,-181\n"
          "A4,Tienda,stall,14.64,-90.58\n"}};
    const auto out = read(
        files,
        {}
    );
    EXPECT_THAT(
        texts(out),
        testing::ElementsAre(
            testing::StartsWith("payment_points.csv:2: latitude: "),
            testing::StartsWith("payment_points.csv:3: longitude: "),
            testing::StartsWith("payment_points.csv:4: longitude: "),
            testing::StartsWith("payment_points.csv:5: kind: ")
        )
    );
}

std::string places(const std::string& features, const std::string& more = {}) {
    return R"({"type": "FeatureCollection", )" + more + R"("features": [)" + features + "]}";
}

TEST(ledger, soyfinca_points_of_a_map_program_are_the_same_points) {
    const auto out = read_one("in/payment_points.geojson", places(R"(
        {"type": "Feature", "id": 7, "geometry": {"type": "Point", "coordinates": [-90.51, 14.64]},
         "properties": {"name": "Tienda Ñandú", "kind": "shop", "landmark": "frente al mercado",
                        "takes_card": true, "street": null}},
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [-91.5, 14.8349999, 2333]},
         "properties": {"id": "A2", "name": "Agencia", "kind": "agency", "branch_id": "B1"}})"));
    ASSERT_THAT(texts(out), IsEmpty());
    ASSERT_THAT(out.found.payment_points, testing::SizeIs(2));
    const auto& shop = out.found.payment_points[0];
    EXPECT_EQ(shop.id, "7");
    EXPECT_EQ(shop.name, "Tienda Ñandú");
    EXPECT_EQ(shop.street, "frente al mercado");
    EXPECT_DOUBLE_EQ(shop.longitude, -90.51);
    EXPECT_DOUBLE_EQ(shop.latitude, 14.64);
    EXPECT_TRUE(shop.takes_card);
    EXPECT_DOUBLE_EQ(out.found.payment_points[1].latitude, 14.8349999);
    EXPECT_EQ(out.found.payment_points[1].branch_id, "B1");
}

TEST(ledger, soyfinca_points_of_a_map_program_are_refused_with_their_record) {
    const auto with = [](const std::string& geometry, const std::string& properties) {
        return R"({"type": "Feature", "geometry": )" + geometry + R"(, "properties": )" + properties + "}";
    };
    const std::string here = R"({"type": "Point", "coordinates": [-90.51, 14.64]})";
    const std::string shop = R"({"id": "A1", "name": "Tienda", "kind": "shop"})";
    const auto all = texts(read_one(
        "payment_points.geojson",
        places(
            with("null", shop) + "," +
            with(R"({"type": "Polygon", "coordinates": [[[0, 0]]]})", shop) + "," +
            with(R"({"type": "Point", "coordinates": [14.64, -90.51]})", shop) + "," +
            with(R"({"type": "Point", "coordinates": [-190.5, 14.64]})", shop) + "," +
            with(R"({"type": "Point", "coordinates": ["-90.51", "14.64"]})", shop) + "," +
            with(here, "null") + "," + with(here, R"({"id": "A7", "kind": "shop"})") + "," +
            with(here, R"({"id": "A8", "name": "T", "kind": "shop", "latitude": 14})") + "," +
            with(here, R"({"id": "A9", "name": ["T"], "kind": "shop"})") + ", 12," + with(here, shop)
        )
    ));
    EXPECT_THAT(
        all,
        ElementsAre(
            "payment_points.geojson, record 1: geometry: is missing; give the place as a Point",
            "payment_points.geojson, record 2: geometry: is not a Point; give the place as one Point",
            "payment_points.geojson, record 3: coordinates: '-90.51' is no latitude; GeoJSON has "
            "longitude first, then latitude",
            HasSubstr("record 4: longitude: '-190.5' is not degrees"),
            HasSubstr("record 5: coordinates: are not two numbers"),
            HasSubstr("record 6: properties: are missing"),
            HasSubstr("record 7: name: is empty"),
            HasSubstr("record 8: latitude: is told twice"),
            HasSubstr("record 9: name: is not a plain value"),
            HasSubstr("record 10: is not a Feature")
        )
    );
}

TEST(ledger, a_geojson_file_of_another_form_is_refused) {
    const auto first = [](const std::string& bytes, std::string name = "payment_points.geojson") {
        const auto all = texts(read_one(std::move(name), bytes));
        return all.empty() ? std::string{} : all.front();
    };
    EXPECT_THAT(first(""), HasSubstr("payment_points.geojson: is not JSON: parse error"));
    EXPECT_THAT(first("[]"), HasSubstr("is not a FeatureCollection"));
    EXPECT_THAT(first(R"({"type": "FeatureCollection"})"), HasSubstr("is not a FeatureCollection"));
    EXPECT_THAT(first(R"({"type": "Feature"})"), HasSubstr("is not a FeatureCollection"));
    const auto in = [](const std::string& name) {
        return places("", R"("crs": {"type": "name", "properties": {"name": ")" + name + R"("}}, )");
    };
    EXPECT_THAT(first(in("urn:ogc:def:crs:EPSG::3857")), HasSubstr("export it in WGS 84"));
    EXPECT_EQ(first(in("urn:ogc:def:crs:OGC:1.3:CRS84")), "");
    EXPECT_THAT(
        first(places(R"({"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]},
            "properties": {"id": "A", "name": "b", "kind": "shop", "hour": "8-5"}})")),
        HasSubstr("did you mean hours?")
    );
    EXPECT_THAT(first(places(""), "clients.geojson"), HasSubstr("is not a file of a ledger"));
}

TEST(ledger, a_birth_date_is_taken_and_may_be_missing) {
    const auto out = read_one(
        "clients.csv", "id,first_name,born\nC1,Rosa,1988-06-02\nC2,Ana,\n"
    );
    ASSERT_THAT(texts(out), IsEmpty());
    EXPECT_EQ(out.found.clients[0].born, civil_date(1988y / 6 / 2));
    EXPECT_EQ(out.found.clients[1].born, std::nullopt);
}

TEST(ledger, a_birth_date_that_is_none_is_refused_with_its_row) {
    EXPECT_THAT(
        texts(read_one(
            "clients.csv",
            "id,first_name,born\nC1,Rosa,02/06/1988\nC2,Ana,1988-02-30\nC3,Eva,1988\n"
        )),
        ElementsAre(
            "clients.csv:2: born: '02/06/1988' is not a date; write 1988-06-02",
            HasSubstr("clients.csv:3: born: '1988-02-30' is not a date; write year-month-day"),
            HasSubstr("clients.csv:4: born: '1988' is not a date")
        )
    );
}

TEST(ledger, an_amount_in_json_is_taken_as_it_is_written) {
    const auto out = read_one("payments.json", R"([
        {"id": 1, "loan_id": "L1", "on": "2026-09-20", "amount": 8.41},
        {"id": 2, "loan_id": "L1", "on": "2026-09-20", "amount": "8.40"},
        {"id": 3, "loan_id": "L1", "on": "2026-09-20", "amount": 9007199254740.93}])");
    ASSERT_THAT(texts(out), IsEmpty());
    EXPECT_EQ(out.found.payments[0].what.amount, money{841});
    EXPECT_EQ(out.found.payments[1].what.amount, money{840});
    EXPECT_EQ(out.found.payments[2].what.amount, money{900719925474093});
}

TEST(ledger, a_telephone_number_that_is_not_e164_is_shown_as_it_should_be) {
    const auto out = read_one("clients.csv", "id,first_name,phone\nC1,Rosa,5555 1234\n");
    EXPECT_THAT(
        texts(out),
        ElementsAre("clients.csv:2: phone: '5555 1234' is not E.164; write +50255551234")
    );
    EXPECT_THAT(out.found.clients, IsEmpty());
}

TEST(ledger, the_guess_at_a_number_keeps_a_country_code_that_is_there) {
    const auto guess = [](const std::string& written) {
        return read_one("clients.csv", "id,first_name,phone\nC1,Rosa," + written + "\n")
            .problems.first()
            .at(0)
            .mend;
    };
    EXPECT_EQ(guess("502-5555-1234"), "write +50255551234");
    EXPECT_EQ(guess("+502 5555 1234"), "write +50255551234");
    EXPECT_EQ(guess("0033 6 12 34 56 78"), "write +33612345678");
    EXPECT_EQ(guess("none"), "write + and the country code, digits only");
    EXPECT_EQ(guess("+1234567890123456"), "write + and the country code, digits only");
}

TEST(ledger, every_mistake_of_a_row_is_reported_with_its_mend) {
    const auto out = read_one(
        "loans.csv",
        "id,client_id,product,status,cycle,currency,principal,disbursed_on,matures_on\n"
        "L1,C1,X,activ,0,Q,\"Q3,000.00\",23/11/2026,soon\n"
    );
    EXPECT_THAT(
        texts(out),
        ElementsAre(
            "loans.csv:2: currency: 'Q' is not a currency; write GTQ, HNL, USD…",
            "loans.csv:2: status: 'activ' is none of submitted, approved, active, closed, "
            "written_off, rejected; did you mean active?",
            "loans.csv:2: cycle: '0' is not a whole number from 1 to 999",
            "loans.csv:2: principal: 'Q3,000.00' is not an amount in GTQ; write 3000.00",
            "loans.csv:2: disbursed_on: '23/11/2026' is not a date; write 2026-11-23",
            "loans.csv:2: matures_on: 'soon' is not a date; write year-month-day, as in 2026-11-23"
        )
    );
}

TEST(ledger, values_out_of_their_range_are_refused) {
    EXPECT_THAT(
        texts(read_one(
            "branches.csv", "id,name,latitude,longitude\nB 1,x,91,-90.5\nB2,,14.6,1e400\nB3,x,n,\n"
        )),
        ElementsAre(
            "branches.csv:2: id: 'B 1' has a space in it; an id is one word",
            "branches.csv:2: latitude: '91' is not degrees; write degrees with a point, at most 90",
            "branches.csv:3: name: is empty; every row needs it",
            "branches.csv:3: longitude: '1e400' is not degrees; write degrees with a point, at "
            "most 180",
            "branches.csv:4: latitude: 'n' is not degrees; write degrees with a point, at most 90"
        )
    );
    EXPECT_THAT(
        texts(read_one(
            "groups.csv", "id,name,meeting_rhythm,meeting_time\nG1,x,monthly,24:00\nG2,x,P0D,9:30\n"
        )),
        ElementsAre(
            HasSubstr("'monthly' is not a rhythm; write P7D"),
            HasSubstr("'24:00' is not a time"),
            HasSubstr("'P0D' is not a rhythm"),
            HasSubstr("'9:30' is not a time; write hours")
        )
    );
    EXPECT_THAT(
        texts(read_one(
            "clients.csv",
            "id,first_name,language,met_officer\nC1,a,Spanish,maybe\n" + std::string(65, 'C') +
                ",b,,\n"
        )),
        ElementsAre(
            HasSubstr("'maybe' is neither yes nor no"),
            HasSubstr("'Spanish' is not a language"),
            HasSubstr("longer than 64 bytes")
        )
    );
    EXPECT_THAT(
        texts(read_one("payments.csv", "id,loan_id,on,amount\nP1,L1,2026-11-23,-5\n")),
        ElementsAre(HasSubstr("amount: '-5' is not an amount in GTQ; write 5"))
    );
}

TEST(ledger, an_instalment_that_contradicts_itself_is_refused) {
    EXPECT_THAT(
        texts(read_one(
            "schedule.csv",
            "loan_id,number,due,total,principal,paid,met_on\n"
            "L1,1,2026-08-31,465,466,0,\n"
            "L1,2,2026-09-28,465,,466,\n"
            "L1,3,2026-10-26,465,,464.99,2026-10-26\n"
        )),
        ElementsAre(
            "schedule.csv:2: principal: is more than total",
            "schedule.csv:3: paid: is more than total; what is over belongs to the next instalment",
            "schedule.csv:4: met_on: has a day although paid is less than total; leave it empty"
        )
    );
}

TEST(ledger, savings_and_what_closes_a_loan) {
    auto files = whole_set();
    files[4].bytes =
        "id,client_id,product,principal,disbursed_on,payoff,payoff_on\n"
        "L1,C1,Crédito comunal,3000.00,2026-08-03,2561.37,2026-11-23\n";
    files.push_back(
        {"savings.csv",
         "id,client_id,product,balance,available,active\n"
         "S1,C1,Ahorro,612.35,412.35,\n"
         "S2,C1,Ahorro escolar,300,,no\n"}
    );
    const auto out = read(files, {});
    ASSERT_THAT(texts(out), IsEmpty());
    ASSERT_TRUE(out.found.loans[0].payoff);
    EXPECT_EQ(out.found.loans[0].payoff->total, money{256'137});
    EXPECT_EQ(out.found.loans[0].payoff->on, civil_date{2026y / 11 / 23});
    ASSERT_EQ(out.found.savings.size(), 2U);
    EXPECT_EQ(out.found.savings[0].available, money{41'235});
    EXPECT_TRUE(out.found.savings[0].active);
    EXPECT_EQ(out.found.savings[1].available, money{30'000}) << "all of it, where nothing is held";
    EXPECT_FALSE(out.found.savings[1].active);
}

TEST(ledger, savings_and_a_payoff_that_contradict_themselves_are_refused) {
    EXPECT_THAT(
        texts(read_one(
            "savings.csv",
            "id,client_id,product,balance,available\nS1,C1,Ahorro,10,10.01\nS2,C1,Ahorro,-1,\n"
        )),
        ElementsAre(
            "savings.csv:2: available: is more than balance; of what is there a part may be held",
            HasSubstr("savings.csv:3: balance: '-1' is not an amount in GTQ")
        )
    );
    EXPECT_THAT(
        texts(read_one(
            "loans.csv",
            "id,client_id,product,principal,disbursed_on,payoff\nL1,C1,Crédito,10,2026-01-02,5\n"
        )),
        ElementsAre(HasSubstr("payoff: and payoff_on go together"))
    );
    const std::vector<file> files{{"savings.csv", "id,client_id,product,balance\nS1,C9,Ahorro,1\n"}};
    EXPECT_THAT(texts(read(files, {})), ElementsAre(HasSubstr("'C9' is not among the clients")));
}

TEST(ledger, schedules_rise_in_number_and_day) {
    EXPECT_THAT(
        texts(read_one(
            "schedule.csv",
            "loan_id,number,due,total,paid\n"
            "L1,3,2026-09-01,1,0\nL1,1,2026-08-31,1,0\nL2,1,2026-01-01,1,0\nL1,2,2026-09-28,1,0\n"
            "L2,1,2026-02-01,1,0\n"
        )),
        ElementsAre(
            "schedule.csv:2: due: is before the instalment with the number before",
            "schedule.csv:6: number: '1' is there twice for this loan"
        )
    );
}

TEST(ledger, an_unknown_column_is_named_with_the_one_that_was_meant) {
    EXPECT_THAT(
        texts(read_one("clients.csv", "id,firstname,fone\nC1,Rosa,x\n")),
        ElementsAre(
            "clients.csv:1: 'firstname' is not a column of clients; did you mean first_name?",
            "clients.csv:1: 'fone' is not a column of clients; did you mean phone?",
            "clients.csv:1: first_name: the column is missing; add it"
        )
    );
    EXPECT_THAT(
        texts(read_one("pins.csv", "client_id,pin,whatever\n")),
        ElementsAre(HasSubstr("the columns are client_id, pin"))
    );
}

TEST(ledger, a_column_given_twice_is_refused) {
    EXPECT_THAT(
        texts(read_one("pins.csv", "client_id,pin,pin\nC1,1,2\n")),
        ElementsAre("pins.csv:1: pin: the column is there twice; remove one")
    );
}

TEST(ledger, a_row_of_another_width_is_refused_and_the_others_are_read) {
    const auto out = read_one("clients.csv", "id,first_name\nC1,Rosa,Xicay\nC2\nC3,Ana\n");
    EXPECT_THAT(
        texts(out),
        ElementsAre(
            HasSubstr("clients.csv:2: has 3 fields where the header has 2"),
            HasSubstr("clients.csv:3: has 1 fields where the header has 2")
        )
    );
    EXPECT_EQ(out.found.clients.at(0).id, "C3");
}

TEST(ledger, an_id_there_twice_is_refused_in_every_file) {
    auto files = whole_set();
    for (auto& each : files) {
        const auto second_line = each.bytes.find('\n') + 1;
        auto row = each.bytes.substr(second_line, each.bytes.find('\n', second_line) - second_line);
        each.bytes += row + "\n";
    }
    EXPECT_THAT(
        texts(read(files, {})),
        ElementsAre(
            "branches.csv:3: id: 'B1' is there twice; an id stands for one record",
            "officers.csv:3: id: 'O1' is there twice; an id stands for one record",
            "groups.csv:3: id: 'G1' is there twice; an id stands for one record",
            "clients.csv:4: id: 'C1' is there twice; an id stands for one record",
            "loans.csv:3: id: 'L1' is there twice; an id stands for one record",
            "payment_points.csv:3: id: 'A1' is there twice; an id stands for one record",
            "payments.csv:4: id: 'P1' is there twice; an id stands for one record",
            "schedule.csv:4: number: '1' is there twice for this loan"
        )
    );
}

TEST(ledger, a_reference_into_nothing_is_refused_in_every_file) {
    const auto complaints = [](std::string name, std::string bytes) {
        const std::vector<file> files{{std::move(name), std::move(bytes)}};
        return texts(read(files, {}));
    };
    EXPECT_THAT(
        complaints("clients.csv", "id,first_name,branch_id,officer_id,group_id\nC1,a,B9,O9,G9\n"),
        ElementsAre(
            "clients.csv:2: branch_id: 'B9' is not among the branches; import branches too or "
            "correct it here",
            HasSubstr("officer_id: 'O9' is not among the officers"),
            HasSubstr("group_id: 'G9' is not among the groups")
        )
    );
    EXPECT_THAT(
        complaints("officers.csv", "id,first_name,branch_id\nO1,a,B9\n"),
        ElementsAre(HasSubstr("branch_id: 'B9'"))
    );
    EXPECT_THAT(
        complaints("groups.csv", "id,name,branch_id,officer_id\nG1,a,B9,O9\n"),
        ElementsAre(HasSubstr("branch_id: 'B9'"), HasSubstr("officer_id: 'O9'"))
    );
    EXPECT_THAT(
        complaints(
            "loans.csv",
            "id,client_id,group_id,product,principal,disbursed_on\nL1,C9,G9,a,1,2026-01-01\n"
        ),
        ElementsAre(HasSubstr("client_id: 'C9'"), HasSubstr("group_id: 'G9'"))
    );
    EXPECT_THAT(
        complaints("schedule.csv", "loan_id,number,due,total,paid\nL9,1,2026-01-01,1,0\n"),
        ElementsAre(HasSubstr("loan_id: 'L9'"))
    );
    EXPECT_THAT(
        complaints("payments.csv", "id,loan_id,on,amount\nP1,L9,2026-01-01,1\n"),
        ElementsAre(HasSubstr("loan_id: 'L9'"))
    );
    EXPECT_THAT(
        complaints(
            "payment_points.csv", "id,name,kind,latitude,longitude,branch_id\nA1,a,bank,1,1,B9\n"
        ),
        ElementsAre(HasSubstr("branch_id: 'B9'"))
    );
    EXPECT_THAT(
        complaints("pins.csv", "client_id,pin\nC9,482913\n"),
        ElementsAre(HasSubstr("client_id: 'C9'"))
    );
}

TEST(ledger, a_reference_to_a_row_refused_for_something_else_is_not_a_second_mistake) {
    auto files = whole_set();
    files[0].bytes = "id,name,latitude\nB1,Agencia Mixco,914.63\n";
    EXPECT_THAT(texts(read(files, {})), ElementsAre(HasSubstr("branches.csv:2: latitude")));
}

TEST(ledger, what_earlier_imports_hold_may_be_referred_to) {
    read_options options;
    options.known = [](kind what, std::string_view id) {
        return what == kind::loans && id == "L7";
    };
    options.currency_of_loan = [](std::string_view) {
        return std::optional{currency_code{{'X', 'O', 'F'}}};
    };
    const std::vector<file> files{
        {"payments.csv", "id,loan_id,on,amount\nP1,L7,2026-01-01,1500\nP2,L8,2026-01-01,1.50\n"}};
    const auto out = read(files, options);
    EXPECT_THAT(texts(out), ElementsAre(HasSubstr("'1.50' is not an amount in XOF; write")));
    EXPECT_EQ(out.found.payments.at(0).what.amount, (money{1500, {{'X', 'O', 'F'}}}));
}

TEST(ledger, a_schedule_takes_the_currency_of_its_loan) {
    const auto out = read_one(
        "loans.csv",
        "id,client_id,product,currency,principal,disbursed_on\nL1,C1,x,TND,1.234,2026-01-01\n"
    );
    EXPECT_EQ(out.found.loans.at(0).principal, (money{1234, {{'T', 'N', 'D'}}}));
}

TEST(ledger, without_paid_the_payments_pay_the_earliest_instalments) {
    auto files = whole_set();
    files[5].bytes =
        "loan_id,number,due,total\n"
        "L1,2,2026-09-28,465.00\nL1,1,2026-08-31,465.00\nL1,3,2026-10-26,465.00\n";
    files[6].bytes =
        "id,loan_id,on,amount,reversed\n"
        "P3,L1,2026-09-30,300.00,no\nP1,L1,2026-08-30,400.00,no\nP2,L1,2026-09-02,165.00,no\n"
        "P4,L1,2026-09-03,465.00,yes\n";
    const auto out = read(files, {});

    ASSERT_THAT(texts(out), IsEmpty());
    const auto& second = out.found.schedule[0].what;
    const auto& first = out.found.schedule[1].what;
    const auto& third = out.found.schedule[2].what;
    EXPECT_EQ(first.paid, money{46500});
    EXPECT_EQ(first.met_on, civil_date(2026y / 9 / 2));
    EXPECT_EQ(second.paid, money{40000});
    EXPECT_FALSE(second.met_on);
    EXPECT_EQ(third.paid, money{0});
}

TEST(ledger, without_paid_and_without_payments_nobody_is_taken_as_late) {
    EXPECT_THAT(
        texts(read_one("schedule.csv", "loan_id,number,due,total\nL1,1,2026-01-01,5\n")),
        ElementsAre(
            "schedule.csv: paid: the column is missing and there is no payments file; add either"
        )
    );
}

TEST(ledger, a_byte_order_mark_and_windows_line_ends_are_fine) {
    const auto out = read_one("clients.csv", "\xEF\xBB\xBFid,first_name\r\nC1,Rosa\r\n");
    EXPECT_THAT(texts(out), IsEmpty());
    EXPECT_EQ(out.found.clients.at(0).first_name, "Rosa");
}

TEST(ledger, bytes_that_are_not_text_are_refused_with_their_line) {
    const auto head = std::string{"id,first_name\nC1,Rosa\nC2,"};
    for (const std::string bad :
         {"Jos\xE9",
          "\xC0\x80",
          "\xED\xA0\x80",
          "\xF4\x90\x80\x80",
          "\xE2\x82",
          "\x80",
          "\xF0\x80\x80\x80",
          "\xE0\x80\x80",
          "\xFF"}) {
        EXPECT_THAT(
            texts(read_one("clients.csv", head + bad + "\n")),
            ElementsAre("clients.csv:3: is not valid UTF-8; save the file as UTF-8")
        );
    }
    EXPECT_THAT(
        texts(read_one("clients.csv", head + std::string{"a\0b", 3})),
        ElementsAre("clients.csv:3: has a NUL byte; export the file again")
    );
    EXPECT_THAT(
        texts(read_one("clients.csv", "\xFF\xFEi\x01")),
        ElementsAre("clients.csv: is UTF-16; save it as UTF-8")
    );
    EXPECT_THAT(
        texts(read_one("clients.csv", "id,first_name\nC1,Rosa\x1B[31m\n")),
        ElementsAre(HasSubstr("first_name: 'Rosa?[31m' has a control character"))
    );
}

TEST(ledger, an_empty_file_and_an_empty_list_are_told_apart) {
    EXPECT_THAT(texts(read_one("clients.csv", "")), ElementsAre(HasSubstr("is empty; its first")));
    EXPECT_THAT(texts(read_one("clients.csv", "id,first_name\n")), IsEmpty());
    EXPECT_THAT(texts(read_one("clients.json", "[]")), IsEmpty());
}

TEST(ledger, json_that_is_not_a_list_of_flat_records_is_refused) {
    const auto first = [](const std::string& bytes) {
        const auto all = texts(read_one("clients.json", bytes));
        return all.empty() ? std::string{} : all.front();
    };
    EXPECT_THAT(first(""), HasSubstr("clients.json: is not JSON: parse error at line 1"));
    EXPECT_THAT(first("{\"clients\": []}"), HasSubstr("the file must be one array of objects"));
    EXPECT_THAT(first("[1]"), HasSubstr("the file must be one array of objects"));
    EXPECT_THAT(first("[[]]"), HasSubstr("has a list where none belongs"));
    EXPECT_THAT(first("[null]"), HasSubstr("has null where none belongs"));
    EXPECT_THAT(first("[{\"id\": {}}]"), HasSubstr("record 1: id: has an object inside a record"));
    EXPECT_THAT(first("[{\"id\": []}]"), HasSubstr("record 1: id: has a list where none belongs"));
    EXPECT_THAT(first("[{\"phone\": [[]]}]"), HasSubstr("has a list where none belongs"));
    EXPECT_THAT(first("[{\"id\": \"a\\u0000b\"}]"), HasSubstr("has a NUL character"));
    EXPECT_THAT(first("[{\"id\": \"a\", \"first_name\": \"b\"} {}]"), HasSubstr("is not JSON"));
    EXPECT_THAT(first("[{\"id\": 1e999}]"), HasSubstr("is not JSON"));
    EXPECT_THAT(first("[{\"id\": \"a\", \"id\": \"b\"}]"), HasSubstr("the key is there twice"));
    EXPECT_THAT(first("[{\"idd\": \"a\"}]"), HasSubstr("did you mean id?"));
    EXPECT_THAT(
        first("[{\"id\": \"" + std::string(5000, 'x') + "\"}]"),
        HasSubstr("record 1: id: is longer than 4096 bytes")
    );
    EXPECT_THAT(
        texts(read_one("clients.json", R"([{"id": "C1", "first_name": "a"}, {"id": "C2"}])")),
        ElementsAre("clients.json, record 2: first_name: is empty; every row needs it")
    );
}

TEST(ledger, a_file_of_another_name_is_refused_with_the_one_that_was_meant) {
    const std::vector<file> files{
        {"in/client.csv", ""},
        {"in/photo.png", ""},
        {"in/loans.csv", "x"},
        {"in/loans.json", "[]"}};
    EXPECT_THAT(
        texts(read(files, {})),
        testing::IsSupersetOf(
            {HasSubstr("in/client.csv: is not a file of a ledger; did you mean clients.csv"),
             HasSubstr("in/photo.png: is not a file of a ledger; the files are branches"),
             HasSubstr("in/loans.json: holds the same as in/loans.csv; give only one")}
        )
    );
}

TEST(ledger, a_national_number_is_completed_only_where_the_country_is_known) {
    const auto told = [](std::string phone, std::string country_code) {
        read_options options;
        options.country_code = std::move(country_code);
        return texts(read_one("officers.csv", "id,first_name,phone\nO1,a," + phone + "\n", options));
    };
    EXPECT_THAT(told("5550 0101", "502"), ElementsAre(testing::EndsWith("write +50255500101")));
    EXPECT_THAT(told("50255500101", "502"), ElementsAre(testing::EndsWith("write +50255500101")));
    EXPECT_THAT(told("5021-0101", "502"), ElementsAre(testing::EndsWith("write +50250210101")));
    EXPECT_THAT(told("0033 612345678", ""), ElementsAre(testing::EndsWith("write +33612345678")));
    EXPECT_THAT(told("55500101", ""), ElementsAre(testing::EndsWith("digits only")));
}

TEST(ledger, a_pin_is_never_quoted_in_a_problem) {
    const auto all = texts(read_one("pins.csv", "client_id,pin\nC1,48291\n"));
    EXPECT_THAT(all, ElementsAre("pins.csv:2: pin: is not six digits"));
}

TEST(ledger, of_very_many_problems_the_first_are_kept_and_all_are_counted) {
    std::string bytes = "id,first_name\n";
    for (int i = 0; i < 1000; ++i) bytes += "C" + std::to_string(i) + ",\n";
    const auto out = read_one("clients.csv", bytes);
    EXPECT_EQ(out.problems.count(), 1000U);
    EXPECT_EQ(out.problems.first().size(), problem_list::problems_max);
}

TEST(ledger, quoted_text_is_cut_at_a_whole_character) {
    std::string text(59, 'a');
    text += "ñandú";
    EXPECT_EQ(shown(text), "'" + std::string(59, 'a') + "…'");
}

}  // namespace
}  // namespace tertulia::adapters::ledger
