#include "dialogs/message/numbered_text.hpp"

#include <gtest/gtest.h>

namespace tertulia {
namespace {

TEST(numbered_text, choices_are_lines_that_begin_with_the_number_to_type) {
    EXPECT_EQ(
        numbered_text(
            {.text = "¿Qué hacemos?", .choices = {{"a", "Ver opciones", ""}, {"b", "Persona", ""}}}
        ),
        "¿Qué hacemos?\n\n1. Ver opciones\n2. Persona"
    );
    EXPECT_EQ(
        numbered_text({.text = {}, .choices = {{"a", "Un", "le premier"}}}), "1. Un - le premier"
    );
}

TEST(numbered_text, the_footer_stands_apart) {
    EXPECT_EQ(numbered_text({.text = "a", .footer = "STOP"}), "a\n\nSTOP");
    EXPECT_EQ(numbered_text({.text = {}, .footer = "STOP"}), "STOP");
    EXPECT_EQ(numbered_text({}), "");
}

}  // namespace
}  // namespace tertulia
