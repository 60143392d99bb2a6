import { feedPlugin } from "@11ty/eleventy-plugin-rss";

export default function (eleventyConfig) {
  eleventyConfig.addPlugin(feedPlugin, {
    type: "atom",
    outputPath: "/feed.xml",
    collection: { name: "posts", limit: 10 },
    metadata: {
      language: "en",
      title: "Office of Examples",
      subtitle: "News and notices from the Office of Examples",
      base: "https://www.example.gov/",
      author: { name: "Office of Examples" },
    },
  });
}
