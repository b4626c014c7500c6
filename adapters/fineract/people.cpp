#include "adapters/fineract/row_reader.hpp"

namespace tertulia::adapters::fineract {
namespace {

reading<office_row> office_of(const node& from) {
    reading<office_row> out;
    out.row.what = {.id = id_of(from["id"]), .name = clean(from["name"])};
    out.row.external_id = clean(from["externalId"]);
    if (out.row.what.id.empty()) out.wrong = "an office without id";
    return out;
}

// Staff are called "Lastname, Firstname" elsewhere: only here the two come apart.
reading<staff_row> staff_of(const node& from) {
    reading<staff_row> out;
    auto& who = out.row.what;
    who.id = id_of(from["id"]);
    who.first_name = clean(from["firstname"]);
    who.last_name = clean(from["lastname"]);
    who.branch_id = id_of(from["officeId"]);
    out.row.mobile = clean(from["mobileNo"]);
    out.row.active = !from["isActive"].is(node_kind::truth) || from["isActive"].yes();
    out.row.loan_officer = from["isLoanOfficer"].yes();
    if (who.id.empty()) out.wrong = "staff without id";
    if (who.first_name.empty()) out.wrong = "staff without firstname";
    return out;
}

calendar_row calendar_values(const node& from) {
    constexpr std::int64_t collection = 1;
    calendar_row out{
        .id = id_of(from["id"]),
        .rhythm = rhythm_of(from["recurrence"].words()),
        .time = read_time_of_day(from["meetingTime"]),
        .place = clean(from["location"]),
        .collection = read_code(from["type"]) == collection};
    for (const auto& each : from["nextTenRecurringDates"].inside) {
        if (const auto day = read_day(each)) out.coming.push_back(*day);
    }
    return out;
}

reading<calendar_row> calendar_of(const node& from) {
    reading<calendar_row> out{.row = calendar_values(from)};
    if (out.row.id.empty()) out.wrong = "a calendar without id";
    return out;
}

reading<group_row> group_of(const node& from) {
    constexpr std::int64_t active = 300;  // groups share the states of clients
    reading<group_row> out;
    auto& what = out.row.what;
    what.id = id_of(from["id"]);
    what.name = clean(from["name"]);
    what.branch_id = id_of(from["officeId"]);
    what.officer_id = id_of(from["staffId"]);
    out.row.external_id = clean(from["externalId"]);
    out.row.centre_id = id_of(from["centerId"]);
    out.row.active = read_code(from["status"]) == active;
    out.row.fingerprint = fingerprint(from);
    if (const auto& of = from["collectionMeetingCalendar"]; of.is(node_kind::object)) {
        const auto meets = calendar_values(of);
        what.meeting_rhythm = meets.rhythm;
        what.meeting_time = meets.time;
        out.row.calendar_id = meets.id;
        if (!meets.coming.empty()) what.next_meeting = meets.coming.front();
    }
    for (const auto& each : from["activeClientMembers"].inside) {
        if (auto id = id_of(each["id"]); !id.empty()) out.row.members.push_back(std::move(id));
    }
    for (const auto& each : from["groupRoles"].inside) {
        group_role one{id_of(each["clientId"]), clean(each["role"]["name"])};
        if (!one.client_id.empty() && !one.name.empty()) out.row.roles.push_back(std::move(one));
    }
    if (what.id.empty()) out.wrong = "a group without id";
    if (what.name.empty()) out.wrong = "a group without name";
    return out;
}

// A client may be a firm, which has a full name alone; a person's display name is the fall-back.
reading<client_row> client_of(const node& from) {
    reading<client_row> out;
    auto& who = out.row.what;
    who.id = id_of(from["id"]);
    who.first_name = clean(from["firstname"]);
    who.last_name = clean(from["lastname"]);
    if (who.first_name.empty()) who.first_name = clean(from["fullname"]);
    if (who.first_name.empty()) who.first_name = clean(from["displayName"]);
    who.branch_id = id_of(from["officeId"]);
    who.officer_id = id_of(from["staffId"]);
    for (const auto& each : from["groups"].inside) {
        if (who.group_id.empty()) who.group_id = id_of(each["id"]);
    }
    out.row.external_id = clean(from["externalId"]);
    out.row.mobile = clean(from["mobileNo"]);
    out.row.what.born = read_day(from["dateOfBirth"]);
    const auto code = read_code(from["status"]);
    const auto status = code ? client_status_of(*code) : std::nullopt;
    if (status) {
        who.status = *status;
    } else {
        out.wrong = "a client of a status we do not know";
    }
    if (who.first_name.empty()) out.wrong = "a client without name";
    if (who.id.empty()) out.wrong = "a client without id";
    return out;
}

reading<named_row> named_of(const node& from) {
    reading<named_row> out{.row = {id_of(from["id"]), clean(from["name"])}};
    if (out.row.id.empty()) out.wrong = "without id";
    return out;
}

constexpr std::size_t note_bytes_max = 1'000;

reading<note_row> note_of(const node& from) {
    reading<note_row> out;
    out.row.id = id_of(from["id"]);
    out.row.text = clean(from["note"], note_bytes_max);
    out.row.at = read_moment(from["createdOn"]);
    if (out.row.id.empty()) out.wrong = "a note without id";
    return out;
}

reading<meeting_row> meeting_of(const node& from) {
    reading<meeting_row> out;
    out.row.id = id_of(from["id"]);
    if (const auto day = read_day(from["meetingDate"])) {
        out.row.on = *day;
    } else {
        out.wrong = "a meeting without a day";
    }
    for (const auto& each : from["clientsAttendance"].inside) {
        const auto who = id_of(each["clientId"]);
        const auto how = read_code(each["attendanceType"]);
        if (!who.empty() && how && *how >= 1 && *how <= 5) out.row.attendance[who] = *how;
    }
    if (out.row.id.empty()) out.wrong = "a meeting without id";
    return out;
}

reading<found_client> hit_of(const node& from) {
    reading<found_client> out;
    out.row = {id_of(from["entityId"]), clean(from["entityName"]), clean(from["entityMobileNo"])};
    if (from["entityType"].words() != "CLIENT") out.wrong = "not a client";
    if (out.row.id.empty()) out.wrong = "a client without id";
    return out;
}

}  // namespace

result<page<office_row>> parse_offices(std::string_view body) {
    return read_page<office_row>(body, office_of);
}
result<page<staff_row>> parse_staff(std::string_view body) {
    return read_page<staff_row>(body, staff_of);
}
result<page<group_row>> parse_groups(std::string_view body) {
    return read_page<group_row>(body, group_of);
}
result<page<group_row>> parse_group(std::string_view body) {
    return read_one<group_row>(body, group_of);
}
result<page<named_row>> parse_centres(std::string_view body) {
    return read_page<named_row>(body, named_of);
}
result<page<client_row>> parse_clients(std::string_view body) {
    return read_page<client_row>(body, client_of);
}
result<page<client_row>> parse_client(std::string_view body) {
    return read_one<client_row>(body, client_of);
}
result<page<named_row>> parse_payment_types(std::string_view body) {
    return read_page<named_row>(body, named_of);
}
result<page<note_row>> parse_notes(std::string_view body) {
    return read_page<note_row>(body, note_of);
}
result<page<calendar_row>> parse_calendars(std::string_view body) {
    return read_page<calendar_row>(body, calendar_of);
}
result<page<meeting_row>> parse_meetings(std::string_view body) {
    return read_page<meeting_row>(body, meeting_of);
}
result<page<found_client>> parse_search(std::string_view body) {
    return read_page<found_client>(body, hit_of);
}

result<std::optional<civil_date>> parse_business_date(std::string_view body) {
    const auto document = read_document(body);
    if (!document) return errc::not_json;
    if (!document->is(node_kind::list)) return errc::unexpected_shape;
    for (const auto& each : document->inside) {
        if (each["type"].words() == "BUSINESS_DATE") return read_day(each["date"]);
    }
    return std::optional<civil_date>{};
}

}  // namespace tertulia::adapters::fineract
