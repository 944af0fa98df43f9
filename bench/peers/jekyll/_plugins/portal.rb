# What Jekyll has no page kind for: paginated lists of terms, bureaus, months and years; feeds of twenty entries.
module Portal
  SIZE = 20

  class Pages < Jekyll::Generator
    def generate(site)
      @site = site
      corpus = site.data["corpus"]
      posts = site.posts.docs.sort_by(&:date).reverse
      posts.each do |post|
        post.data["category_title"] = corpus["categories"][post.data["category"]]
        post.data["tag_titles"] = post.data["tags"].map { |slug| corpus["tags"][slug] }
        post.data["bureau_title"] = corpus["bureaus"][post.data["bureau"]]["title"]
      end
      terms("category", "栏目", corpus["categories"], posts.group_by { |post| post.data["category"] })
      terms("tag", "标签", corpus["tags"], by_tag(posts))
      bureaus(corpus["bureaus"], posts)
      archive(posts)
      page("index.html", "home", "title" => "", "rows" => posts.first(SIZE), "feed" => "feed.xml")
      page("topic/index.html", "terms", "title" => "专题", "rows" => [])
      page("sitemap.html", "terms", "title" => "网站地图", "rows" => [])
      page("404.html", "terms", "title" => "页面不存在", "rows" => [])
      page("feed.json", "feed_json", "entries" => posts.first(SIZE))
      page("sitemap.xml", "sitemap_xml", "entries" => posts)
      feed("feed.xml", site.config["title"], posts)
    end

    private

    def by_tag(posts)
      found = Hash.new { |hash, slug| hash[slug] = [] }
      posts.each { |post| post.data["tags"].each { |slug| found[slug] << post } }
      found
    end

    def terms(kind, title, names, posts)
      rows = names.map do |slug, name|
        found = posts.fetch(slug, [])
        list("#{kind}/#{slug}", name, found, feed: kind == "category")
        row("#{kind}/#{slug}/index.html", name, found.size)
      end
      page("#{kind}/index.html", "terms", "title" => title, "rows" => rows)
    end

    def bureaus(names, posts)
      own = posts.group_by { |post| post.data["bureau"] }
      below = Hash.new { |hash, slug| hash[slug] = [] }
      posts.each do |post|
        [post.data["bureau"], *names[post.data["bureau"]]["above"]].each { |slug| below[slug] << post }
      end
      rows = names.map do |slug, bureau|
        list("bureau/#{slug}", bureau["title"], below[slug], feed: true)
        list("bureau/#{slug}/own", bureau["title"], own.fetch(slug, [])) unless slug.start_with?("county")
        row("bureau/#{slug}/index.html", bureau["title"], below[slug].size)
      end
      page("bureau/index.html", "terms", "title" => "单位", "rows" => rows)
    end

    def archive(posts)
      years = posts.group_by { |post| post.date.year }.map do |year, in_year|
        months = in_year.group_by { |post| post.date.strftime("%m") }.map do |month, found|
          list("archive/#{year}/#{month}", "#{year}-#{month}", found)
          row("archive/#{year}/#{month}/index.html", "#{year}-#{month}", found.size)
        end
        page("archive/#{year}/index.html", "terms", "title" => year.to_s, "rows" => months)
        row("archive/#{year}/index.html", year.to_s, in_year.size)
      end
      page("archive/index.html", "terms", "title" => "归档", "rows" => years)
    end

    def row(path, title, count)
      { "path" => path, "title" => title, "count" => count }
    end

    def list(folder, title, posts, feed: false)
      feed("#{folder}/feed.xml", title, posts) if feed
      last = [(posts.size + SIZE - 1) / SIZE, 1].max
      (1..last).each do |number|
        path = number == 1 ? "#{folder}/index.html" : "#{folder}/page/#{number}.html"
        page(path, "list", "title" => title, "rows" => posts[(number - 1) * SIZE, SIZE] || [],
                           "number" => number, "last" => last, "first" => folder,
                           "near" => ((number + 1)..[number + 8, last].min).to_a,
                           "feed" => (feed ? "#{folder}/feed.xml" : nil))
      end
    end

    def feed(path, title, posts)
      page(path, "feed", "title" => title, "entries" => posts.first(SIZE))
    end

    def page(path, layout, data)
      page = Jekyll::PageWithoutAFile.new(@site, @site.source, File.dirname(path), File.basename(path))
      page.data.merge!("layout" => layout, "root" => "../" * path.count("/"), "path_of" => path, **data)
      @site.pages << page
    end
  end
end
