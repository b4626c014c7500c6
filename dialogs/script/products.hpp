// dialogs/products.yaml: what may be applied for, and why it may be refused.
//
//   products:
//     micro: {core: "2"}
//   refusals:
//     debts: {retry: 90 days}

#pragma once

#include "dialogs/script/shape.hpp"
#include "dialogs/script/yaml_tree.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

struct loan_product {
    std::string name{};
    std::string core{};  // core banking's own id of it; empty: applications are not written there
};

// Its words are the messages refusal.CODE and refusal.CODE.change.
struct refusal_source {
    std::string code{};
    place at{};
    std::chrono::days retry{};  // how long she is to wait before she asks again
};

struct products_source {
    std::string file{};
    std::vector<loan_product> products{};
    std::vector<refusal_source> refusals{};
};

inline constexpr std::string_view products_file = "products.yaml";
inline constexpr std::size_t products_max = 50;

[[nodiscard]] const map_shape& products_shape();
[[nodiscard]] const map_shape& product_shape();
[[nodiscard]] const map_shape& refusal_shape();
[[nodiscard]] products_source read_products(const source_file& file, findings& into);

}  // namespace tertulia::dialogs
