// A Fineract for tests: answers shaped like its own from the books, with its ways of failing. By a
// call in the process, or over HTTP.

#pragma once

#include "gateway/core_banking/core_reader.hpp"
#include "gateway/http/server.hpp"
#include "tests/unit/gateway/core_banking/books.hpp"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway::testing_core {

// What happens to the next calls whose path holds `path`, so many times.
struct core_fault {
    std::string path{};
    int times{1};
    unsigned status{};      // 0: no answer at all
    std::string body{};     // with a status
    bool cut_off{};         // the real answer, its second half missing
    bool after_it_is_done{};  // a write is done, and its answer lost
    std::string retry_after{};
};

struct core_request {
    std::string method{};
    std::string target{};  // path and query, behind /api/v1
    std::map<std::string, std::string> headers{};  // lower-case names
    std::string body{};
};

class fineract_stand_in {
public:
    explicit fineract_stand_in(books& of) : books_{of} {}

    std::string user{"gateway"};
    std::string password{"secret-word"};
    std::string tenant{"demo"};
    bool maker_checker{};

    void fail(core_fault next);
    void lock(const std::string& loan_id);  // by the close of business, until unlocked
    void unlock_all();

    // Nothing: no answer.
    [[nodiscard]] std::optional<adapters::provider_response> answer(const core_request& request);
    [[nodiscard]] core_caller caller();  // in the process
    // Over HTTP, on any port; `base_url` is what a configuration says.
    void listen();
    [[nodiscard]] std::string base_url() const;
    [[nodiscard]] adapters::fineract::access access() const;

    [[nodiscard]] std::vector<core_request> asked();  // so far
    [[nodiscard]] std::size_t asked_for(std::string_view part);
    // What was written, by path: bodies in order, each once however often it was sent.
    [[nodiscard]] std::vector<std::string> written(std::string_view path);

    // The people whose record cannot be read, by client id.
    std::vector<std::string> unreadable{};

private:
    [[nodiscard]] std::optional<adapters::provider_response> answer_well(const core_request& request);
    [[nodiscard]] adapters::provider_response get(
        const std::string& path, const std::map<std::string, std::string>& query
    );
    [[nodiscard]] adapters::provider_response post(const core_request& request, const std::string& path);
    [[nodiscard]] adapters::provider_response one_loan(const std::string& id);
    [[nodiscard]] adapters::provider_response one_group(const std::string& id);
    // A meeting on a day its calendar has, and what is due then as a sheet that is not saved.
    [[nodiscard]] adapters::provider_response hold_meeting(
        const std::string& path, const std::string& body
    );
    [[nodiscard]] adapters::provider_response sheet_of(const std::string& path, const std::string& body);
    [[nodiscard]] nlohmann::ordered_json client_json(const client& of);
    [[nodiscard]] adapters::provider_response payoff(const std::string& loan_id);
    [[nodiscard]] nlohmann::ordered_json savings_json(const book_savings& of);
    [[nodiscard]] nlohmann::ordered_json loan_json(const book_loan& of, bool whole);

    books& books_;
    std::recursive_mutex mutex_{};
    std::vector<core_fault> faults_{};
    std::vector<core_request> asked_{};
    std::vector<std::pair<std::string, std::string>> written_{};
    std::map<std::string, adapters::provider_response> replies_{};  // by idempotency key
    std::vector<std::int64_t> locked_{};
    std::int64_t next_id_{9'000};
    std::unique_ptr<http::server> server_{};
};

}  // namespace tertulia::gateway::testing_core
