#include "gateway/documents/pin_page.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>

namespace tertulia::gateway {
namespace {

constexpr std::string_view style =
    "body{font:1.125rem/1.5 system-ui,sans-serif;margin:0 auto;padding:1.25rem;max-width:26rem;"
    "color:#1a1a1a;background:#fff}"
    "h1{font-size:1.4rem;line-height:1.25}"
    "label{display:block;margin:1rem 0 .25rem;font-weight:600}"
    "input{font:inherit;font-size:1.5rem;letter-spacing:.3em;width:100%;box-sizing:border-box;"
    "padding:.6rem;border:2px solid #595959;border-radius:.4rem}"
    "button{font:inherit;font-weight:600;width:100%;margin-top:1.5rem;padding:.8rem;border:0;"
    "border-radius:.4rem;background:#0b5d3b;color:#fff}"
    "input:focus,button:focus{outline:3px solid #0b5d3b;outline-offset:2px}"
    ".wrong{border-left:.4rem solid #a4161a;padding:.5rem .75rem;background:#fdf0f0}";

std::string escaped(std::string_view text) {
    std::string out;
    for (const char one : text) {
        switch (one) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += one;
        }
    }
    return out;
}

std::string_view name_of(pin_page what) noexcept {
    switch (what) {
        case pin_page::not_six_digits:
            return "not_six_digits";
        case pin_page::repeats:
            return "repeats";
        case pin_page::sequence:
            return "sequence";
        case pin_page::birth_date:
            return "birth_date";
        case pin_page::differ:
            return "differ";
        case pin_page::done:
            return "done";
        case pin_page::gone:
            return "gone";
        case pin_page::asked:
            break;
    }
    return "";
}

std::string field(std::string_view name, const std::string& label, bool wrong) {
    const std::string id{name};
    return "<label for=\"" + id + "\">" + label + "</label><input id=\"" + id + "\" name=\"" + id +
           "\" type=\"password\" inputmode=\"numeric\" autocomplete=\"new-password\" "
           "maxlength=\"6\" required aria-describedby=\"rules\"" +
           (wrong ? " aria-invalid=\"true\"" : "") + ">";
}

}  // namespace

std::string html_of(
    pin_page what, std::string_view posts_to, const institution& house, const language_tag& language,
    const dialogs::catalogue& words
) {
    fact_view view{};
    view.house = &house;
    view.language = language;
    const auto say = [&](std::string_view key) {
        return escaped(words.format(
            "pin_page." + std::string{key}, language, dialogs::circumstances{}, view
        ));
    };
    std::string out = "<!doctype html>\n<html lang=\"" + escaped(language) +
                      "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                      "content=\"width=device-width,initial-scale=1\"><meta name=\"robots\" "
                      "content=\"noindex\"><title>" +
                      say("title") + "</title><style>" + std::string{style} +
                      "</style></head><body><main><h1>" + say("title") + "</h1>";
    if (what == pin_page::done || what == pin_page::gone) {
        out += "<p role=\"status\">" + say(name_of(what)) + "</p>";
    } else {
        const bool wrong = what != pin_page::asked;
        if (wrong) out += "<p class=\"wrong\" role=\"alert\">" + say(name_of(what)) + "</p>";
        out += "<p id=\"rules\">" + say("rules") + "</p><form method=\"post\" action=\"" +
               escaped(posts_to) + "\" autocomplete=\"off\">" + field("pin", say("first"), wrong) +
               field("again", say("second"), wrong) + "<button type=\"submit\">" + say("save") +
               "</button></form>";
    }
    return out + "</main></body></html>\n";
}

// Their order is taken as they stand: browsers write the one most wanted first.
language_tag page_language(std::string_view accepted, std::span<const language_tag> spoken) {
    const auto base_of = [](std::string_view tag) {
        tag.remove_prefix(std::min(tag.find_first_not_of(' '), tag.size()));
        return tag.substr(0, tag.find_first_of("-; "));
    };
    for (int left = 8; left > 0 && !accepted.empty(); --left) {
        const auto end = accepted.find(',');
        const auto wanted = base_of(accepted.substr(0, end));
        for (const auto& one : spoken) {
            if (!wanted.empty() && base_of(one) == wanted) return one;
        }
        accepted = end == std::string_view::npos ? std::string_view{} : accepted.substr(end + 1);
    }
    return spoken.empty() ? language_tag{} : spoken.front();
}

const std::string& pin_page_policy() {
    static const std::string policy = [] {
        std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
        SHA256(reinterpret_cast<const unsigned char*>(style.data()), style.size(), hash.data());
        std::array<unsigned char, 64> text{};
        EVP_EncodeBlock(text.data(), hash.data(), static_cast<int>(hash.size()));
        return "default-src 'none'; style-src 'sha256-" +
               std::string{reinterpret_cast<const char*>(text.data())} +
               "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    }();
    return policy;
}

}  // namespace tertulia::gateway
