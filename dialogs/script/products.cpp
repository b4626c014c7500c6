#include "dialogs/script/products.hpp"

#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/dialog_source.hpp"
#include "dialogs/script/duration.hpp"
#include "dialogs/script/unknown_key.hpp"

#include <algorithm>

namespace tertulia::dialogs {
namespace {

constexpr milliseconds retry_most = std::chrono::days{3'660};

bool is_core_id(std::string_view text) {
    return !text.empty() && text.size() <= 18 &&
           std::ranges::all_of(text, [](char one) { return one >= '0' && one <= '9'; });
}

class product_reader {
public:
    explicit product_reader(findings& noted) : noted_(noted) {}

    products_source read(const yaml_node& root) {
        products_source all;
        for (const auto& entry : root.entries) {
            if (entry.key == "products") {
                each(entry.value, "a product", [&](const yaml_entry& one) {
                    all.products.push_back(product(one));
                });
            } else if (entry.key == "refusals") {
                each(entry.value, "a reason", [&](const yaml_entry& one) {
                    all.refusals.push_back(refusal(one));
                });
            } else {
                note_unknown_key(noted_, entry, products_shape());
            }
        }
        return all;
    }

private:
    template <class Take>
    void each(const yaml_node& map, const std::string& what, Take take) {
        if (!map.map() || map.entries.size() > products_max) {
            noted_.error(
                rule::wrong_shape, map.at, "these are names, 50 at most, each with what it is"
            );
            return;
        }
        for (const auto& entry : map.entries) {
            if (!is_name(entry.key)) {
                noted_.error(
                    rule::bad_name,
                    entry.at,
                    "'" + entry.key + "' cannot be the name of " + what,
                    "small letters, digits and _, a letter first, 40 at most"
                );
            }
            take(entry);
        }
    }

    loan_product product(const yaml_entry& from) {
        loan_product made{.name = from.key};
        if (!from.value.map() && (!from.value.text.empty() || from.value.list())) {
            noted_.error(
                rule::wrong_shape, from.value.at, "a product looks like  micro: {core: \"2\"}"
            );
        }
        for (const auto& entry : from.value.entries) {
            if (entry.key != "core") {
                note_unknown_key(noted_, entry, product_shape());
            } else if (!entry.value.scalar() || !is_core_id(entry.value.text)) {
                noted_.error(
                    rule::wrong_value,
                    entry.value.at,
                    "'core' is the number core banking gives the product",
                    "core: \"2\""
                );
            } else {
                made.core = entry.value.text;
            }
        }
        return made;
    }

    // She is told when she may ask again: there is no refusal for ever, nor one that says nothing.
    refusal_source refusal(const yaml_entry& from) {
        refusal_source made{.code = from.key, .at = from.at};
        for (const auto& entry : from.value.entries) {
            if (entry.key != "retry") {
                note_unknown_key(noted_, entry, refusal_shape());
                continue;
            }
            const auto length = parse_duration(entry.value.text);
            if (entry.value.scalar() && length && *length <= retry_most) {
                made.retry = std::chrono::ceil<std::chrono::days>(*length);
            } else {
                noted_.error(
                    rule::wrong_value, entry.value.at, "'retry' is a length of time", "retry: 90 days"
                );
                made.retry = std::chrono::days{1};
            }
        }
        if (made.retry.count() == 0) {
            noted_.error(
                rule::missing_key,
                from.at,
                "the refusal '" + from.key + "' does not say when she may ask again",
                from.key + ": {retry: 90 days}"
            );
        }
        return made;
    }

    findings& noted_;
};

}  // namespace

const map_shape& product_shape() {
    static const map_shape shape{
        .name = "product",
        .keys = {
            {"core",
             a_text("[0-9]{1,18}"),
             "Core banking's number of it; without, applications are not written there."}}};
    return shape;
}

const map_shape& refusal_shape() {
    static const map_shape shape{
        .name = "refusal",
        .keys = {
            {"retry",
             a_text(duration_pattern()),
             "After which time she may ask again: 90 days.",
             need::must}}};
    return shape;
}

const map_shape& products_shape() {
    static const map_shape shape{
        .name = "products",
        .keys = {
            {"products",
             entries_of(either({nothing(), a_map(product_shape)}), name_pattern()),
             "What may be applied for, by a name of ours."},
            {"refusals",
             entries_of(a_map(refusal_shape), name_pattern()),
             "Why one is refused; in words refusal.REASON and refusal.REASON.change."}}};
    return shape;
}

products_source read_products(const source_file& file, findings& into) {
    const auto root = read_yaml(file, into);
    products_source all;
    if (root && root->map()) {
        all = product_reader(into).read(*root);
    } else if (root) {
        into.error(
            rule::wrong_shape, root->at, "this file looks like  products: {micro: {core: \"2\"}}"
        );
    }
    all.file = file.path;
    return all;
}

}  // namespace tertulia::dialogs
